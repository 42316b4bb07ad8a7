//! `history` on repositories that the tests build.

use serde_json::{Value, json};

use crate::support::repository::Repository;
use crate::support::story::{Past, Story};
use crate::support::{none, project, read, schema};

const TODAY: &str = "2026-11-23";

fn history(repository: &Repository, book: &str) -> Value {
    repository.json(&["history", book, "--format", "json", "--today", TODAY])
}

/// Each step as JSON has it.
fn steps(past: &Past) -> Value {
    let steps = past.steps.iter();
    steps
        .map(|(date, author, from, to)| json!({"date": date, "author": author, "from": from, "to": to}))
        .collect()
}

#[test]
fn the_history_of_a_story_is_what_the_script_did() {
    for seed in 1..=3 {
        let story = Story::new(seed, 60);
        let past = story.past();
        let told = history(&story.repository, "docs");
        assert_eq!(told["complete"], true);
        none("the history", &schema_problems(&told));
        let documents = told["documents"].as_array().unwrap();
        assert_eq!(documents.len(), story.last().documents.len());
        for (document, told) in story.last().documents.iter().zip(documents) {
            assert_eq!(told["path"], document.path.as_str());
            assert_eq!(
                told["statuses"],
                steps(&past[&document.key]),
                "{seed}: {}",
                document.path
            );
            let open = document.questions.iter().filter(|question| !question.is_resolved);
            let expected: Value = open
                .map(|question| {
                    let past = &past[&question.key];
                    json!({"question": question.text, "asked": past.begun, "deadlines": steps(past)})
                })
                .collect();
            let questions = told["open_questions"].as_array().unwrap().iter();
            let questions: Value = questions
                .map(|each| json!({"question": each["question"], "asked": each["asked"], "deadlines": each["deadlines"]}))
                .collect();
            assert_eq!(questions, expected, "{seed}: {}", document.path);
        }
    }
}

#[test]
fn a_shallow_clone_says_nothing_that_the_whole_one_contradicts() {
    let story = Story::new(2, 60);
    let whole = history(&story.repository, "docs");
    let mut dated = 0;
    for depth in ["--depth=1", "--depth=10", "--depth=30", "--depth=200"] {
        let clone = Repository::clone_of(&story.repository, &[depth]);
        let told = history(&clone, "docs");
        none(depth, &schema_problems(&told));
        assert_eq!(told["complete"], depth == "--depth=200", "{depth}");
        for (short, long) in told["documents"]
            .as_array()
            .unwrap()
            .iter()
            .zip(whole["documents"].as_array().unwrap())
        {
            assert_eq!(short["path"], long["path"]);
            dated += assert_part_of(&short["statuses"], &long["statuses"]);
            let review = &short["days_in_review"];
            assert!(
                review.is_null() || *review == long["days_in_review"],
                "{depth}: {short:#}"
            );
            for (short, long) in short["open_questions"]
                .as_array()
                .unwrap()
                .iter()
                .zip(long["open_questions"].as_array().unwrap())
            {
                assert_eq!(short["id"], long["id"]);
                assert!(
                    short["asked"].is_null() || short["asked"] == long["asked"],
                    "{depth}: {short:#}"
                );
                dated += assert_part_of(&short["deadlines"], &long["deadlines"]);
            }
        }
        if depth == "--depth=1" {
            assert_eq!(dated, 0);
            let text = clone.said(&["history", "docs", "--today", TODAY]);
            assert!(text.contains("- Unknown before 20"), "{text}");
        }
    }
    assert!(dated > 20, "{dated}");
}

/// The steps of a shallow clone are the last ones of all.
#[track_caller]
fn assert_part_of(part: &Value, all: &Value) -> usize {
    let (part, all) = (part.as_array().unwrap(), all.as_array().unwrap());
    assert_eq!(part[..], all[all.len() - part.len()..]);
    part.len()
}

fn schema_problems(told: &Value) -> Vec<String> {
    let schema = read(&project().join("schemas/history-1.json"));
    schema::problems(&serde_json::from_str(&schema).unwrap(), told)
}

#[test]
fn the_sums_are_those_of_the_list() {
    let told = history(&Story::new(2, 60).repository, "docs");
    let documents = told["documents"].as_array().unwrap();
    let questions: Vec<&Value> = documents
        .iter()
        .flat_map(|document| document["open_questions"].as_array().unwrap())
        .collect();
    let day = |value: &Value| value.as_str().and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let moves = |question: &Value| -> Vec<i64> {
        let steps = question["deadlines"].as_array().unwrap().iter();
        let days = steps.filter_map(|step| Some((day(&step["to"])? - day(&step["from"])?).get_days().into()));
        days.collect()
    };
    let median = |mut values: Vec<i64>| {
        values.sort_unstable();
        values[(values.len() - 1) / 2]
    };
    let all: Vec<i64> = questions.iter().flat_map(|question| moves(question)).collect();
    let ages = questions.iter().filter_map(|question| question["age"].as_i64());
    let reviews = documents
        .iter()
        .filter_map(|document| document["days_in_review"].as_i64());
    assert!(all.len() > 1 && reviews.clone().count() > 0, "{told:#}");
    assert_eq!(
        told["summary"],
        json!({
            "open_questions": questions.len(),
            "questions_with_moved_deadline": questions.iter().filter(|question| !moves(question).is_empty()).count(),
            "deadline_moves": all.len(),
            "median_days_moved": median(all),
            "median_age_of_open_questions": median(ages.collect()),
            "median_days_in_review": median(reviews.collect()),
        })
    );
    // Every review has its days: from each step into it to the next step, or until today.
    for document in documents {
        let steps = document["statuses"].as_array().unwrap();
        let ends = steps
            .iter()
            .skip(1)
            .map(|step| step["date"].as_str().unwrap())
            .chain([TODAY]);
        let spans = steps.iter().zip(ends).filter(|(step, _)| step["to"] == "in-review");
        let until = |end: &str| end.parse::<jiff::civil::Date>().unwrap();
        let days = spans.map(|(step, end)| i64::from((until(end) - day(&step["date"]).unwrap()).get_days()));
        let days: Vec<i64> = days.collect();
        let expected = (!days.is_empty()).then(|| days.iter().sum::<i64>());
        assert_eq!(document["days_in_review"].as_i64(), expected, "{document:#}");
    }
}
