//! What stands around the program: the crate, the release, the GitHub Action, the pre-commit
//! hook. They name each other's files, versions and options; here they are held to it.

use std::collections::BTreeSet;
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use mdbook_design_docs::author::workflow::{Plan, workflow};
use serde_json::Value;

#[cfg(unix)]
use crate::support::book::BINARY;
use crate::support::book::run;
use crate::support::{files_below, none, project, read};

fn yaml(file: &str) -> Value {
    let text = read(&project().join(file));
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn manifest() -> toml::Table {
    read(&project().join("Cargo.toml")).parse().unwrap()
}

fn package(key: &str) -> String {
    manifest()["package"][key].as_str().unwrap().to_owned()
}

/// What cargo answers in the project's folder.
fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(project())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What `cargo metadata` says of this package and all that it is built from on this platform. The
/// crates of other platforms need not be on this machine: building the tests does not fetch them.
fn metadata() -> Value {
    let version = cargo(&["--version", "--verbose"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let answer = cargo(&[
        "metadata", "--locked", "--offline", "--format-version=1", "--filter-platform", host,
    ]);
    serde_json::from_str(&answer).unwrap()
}

/// `1.88` and `1.88.0` alike.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

/// We hand its events from mdbook-markdown to pulldown-cmark-to-cmark.
#[test]
fn the_packages_that_share_the_markdown_parser_use_one_version_of_it() {
    let lock: toml::Table = read(&project().join("Cargo.lock")).parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let parser = |name: &str| {
        let package = packages
            .iter()
            .find(|each| each["name"].as_str() == Some(name))
            .unwrap();
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let names = dependencies.filter_map(toml::Value::as_str);
        let mut parser = names.filter(|each| each.split(' ').next() == Some("pulldown-cmark"));
        parser.next().unwrap_or_else(|| panic!("{name} does not use it"))
    };
    for other in ["mdbook-markdown", "mdbook-summary", "pulldown-cmark-to-cmark"] {
        assert_eq!(parser(other), parser("mdbook-design-docs"), "{other}");
    }
}

#[test]
fn the_yaml_can_be_read_and_each_step_does_something() {
    for file in ["action.yml", ".pre-commit-hooks.yaml"] {
        yaml(file);
    }
    let workflows = files_below(&project().join(".github/workflows"));
    assert!(workflows.contains(&"release.yml".to_owned()), "{workflows:?}");
    for file in workflows {
        for (job, body) in yaml(&format!(".github/workflows/{file}"))["jobs"].as_object().unwrap() {
            for step in body["steps"].as_array().unwrap() {
                let (uses, runs) = (step["uses"].is_string(), step["run"].is_string());
                assert!(uses != runs, "{file}, {job}: {step}");
            }
        }
    }
}

/// What steps need the job's token for: what stands in a step, the permission, and its level.
const NEEDED: &[(&str, &str, &str)] = &[
    ("actions/checkout@", "contents", "read"),
    ("actions/deploy-pages@", "pages", "write"),
    ("actions/deploy-pages@", "id-token", "write"),
    ("actions/attest-build-provenance@", "attestations", "write"),
    ("actions/attest-build-provenance@", "id-token", "write"),
    ("github/codeql-action/upload-sarif@", "security-events", "write"),
    ("gh issue create", "issues", "write"),
    ("gh pr comment", "pull-requests", "write"),
    ("gh release create", "contents", "write"),
];

/// What the jobs of a workflow need and may not do. A job that names a permission has no other.
fn forbidden(workflow: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, job) in workflow["jobs"].as_object().into_iter().flatten() {
        let own = &job["permissions"];
        let permissions = if own.is_null() { &workflow["permissions"] } else { own };
        let steps = job["steps"].as_array().unwrap();
        for step in steps.iter().map(Value::to_string) {
            for (what, permission, level) in NEEDED.iter().filter(|(what, ..)| step.contains(what)) {
                // Where nothing is named, a token can read at least.
                let has = match &permissions[permission] {
                    Value::Null => permissions.is_null() && *level == "read",
                    given => given == level || given == "write",
                };
                if !has {
                    problems.push(format!("job {name}: {what} needs `{permission}: {level}`"));
                }
            }
        }
    }
    problems
}

/// Every workflow that we have, write or show: where it is, and its YAML.
fn workflows() -> Vec<(String, String)> {
    let files = files_below(&project().join(".github/workflows"));
    let own = files.into_iter().map(|file| format!(".github/workflows/{file}"));
    let mut all: Vec<_> = own.map(|file| (file.clone(), read(&project().join(file)))).collect();
    let src = files_below(&project().join("book-example/src"));
    let pages = src.into_iter().map(|file| format!("book-example/src/{file}"));
    for page in pages.chain(["README.md".to_owned(), "CHANGELOG.md".to_owned()]) {
        let text = read(&project().join(&page));
        for (number, block) in text.split("\n```yaml\n").skip(1).enumerate() {
            let block = block.split("\n```").next().unwrap();
            all.push((format!("{page}, block {}", number + 1), block.to_owned()));
        }
    }
    let others = ["mdbook-toc".to_owned()];
    for (has_downloads, repository) in [(false, ""), (true, "https://example.com/owner/name")] {
        let plan = Plan {
            branch: "main",
            folder: "docs",
            output: "book",
            mdbook: "0.5.4",
            has_downloads,
            has_history: has_downloads,
            repository,
            others: &others,
        };
        all.push((format!("init --github-pages, from {repository:?}"), workflow(&plan)));
    }
    all
}

#[test]
fn every_job_of_every_workflow_may_do_what_its_steps_do() {
    let mut problems = Vec::new();
    let mut checkouts = 0;
    for (place, text) in workflows() {
        let workflow: Value = serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{place}: {error}"));
        checkouts += text.matches("actions/checkout@").count();
        problems.extend(
            forbidden(&workflow)
                .into_iter()
                .map(|problem| format!("{place}: {problem}")),
        );
    }
    none("permissions", &problems);
    assert!(checkouts > 8, "{checkouts}");
}

#[test]
fn a_job_that_names_one_permission_has_no_other() {
    let workflow = |permissions: &str| -> Vec<String> {
        let steps = "steps: [{uses: actions/checkout@v4}, {run: gh issue create --title x}]";
        let text = format!("jobs: {{a: {{{permissions}{steps}}}}}");
        forbidden(&serde_saphyr::from_str(&text).unwrap())
    };
    assert_eq!(workflow("permissions: {contents: read, issues: write}, "), [""; 0]);
    assert_eq!(
        workflow("permissions: {issues: write}, "),
        ["job a: actions/checkout@ needs `contents: read`"]
    );
    assert_eq!(workflow(""), ["job a: gh issue create needs `issues: write`"]);
}

#[test]
fn the_oldest_rust_is_the_one_that_the_dependencies_ask_for() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let with_id = |list: &'static str, id: &str| -> &Value {
        let list = if list == "nodes" { nodes } else { packages };
        list.iter().find(|each| each["id"] == id).unwrap()
    };
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let mut built: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        if !built.insert(id) {
            continue;
        }
        for dependency in with_id("nodes", id)["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            if kinds.iter().any(|kind| kind["kind"] != "dev") {
                open.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    assert!(built.len() > 50, "{built:?}");
    let own = package("rust-version");
    let newer: Vec<String> = built
        .iter()
        .map(|id| with_id("packages", id))
        .filter_map(|package| Some((package["rust_version"].as_str()?, package)))
        .filter(|(needed, _)| version(needed) > version(&own))
        .map(|(needed, package)| format!("{} needs Rust {needed}, and Cargo.toml says {own}", package["name"]))
        .collect();
    none("rust-version", &newer);
    let readme = read(&project().join("README.md"));
    assert!(
        readme.contains(&format!("Rust {own}")),
        "the README names another Rust than {own}"
    );
}

#[test]
fn the_readme_begins_with_the_two_commands_that_ci_runs_in_a_fresh_clone() {
    let readme = read(&project().join("README.md"));
    let block = readme.split("```").nth(1).unwrap();
    assert_eq!(block, "console\n$ cargo run --example handbook\n$ cargo test\n");
    assert!(read(&project().join(".ci/run")).contains("blocks == 1"));
}

#[test]
#[cfg(unix)]
fn each_part_of_ci_is_described_and_no_other_is_taken() {
    let (is_done, said) = bash(".ci/run nothing", &[], &[], project());
    assert!(!is_done, "{said}");
    let (_, parts) = said.trim().split_once("there is no part \"nothing\": ").unwrap();
    let script = read(&project().join(".ci/run"));
    for part in parts.split(' ') {
        assert!(script.contains(&format!("\n#     {part} ")), "{part} is not described");
        assert!(script.contains(&format!("\n{part}() ")), "{part} does nothing");
    }
    assert_eq!(parts.split(' ').count(), script.matches("\n#     ").count());
}

#[test]
fn the_crate_has_what_it_is_built_from_and_is_small() {
    // Nearly all of it is source text: a picture or a book among it would stand out.
    const LARGEST: u64 = 3 << 20;
    let list = cargo(&["package", "--list", "--locked", "--allow-dirty", "--offline"]).replace('\\', "/");
    let packed: BTreeSet<&str> = list.lines().collect();
    for file in [
        "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "Cargo.lock",
    ] {
        assert!(packed.contains(file), "{file}: {packed:?}");
    }
    let mut problems = Vec::new();
    for file in files_below(&project().join("src")) {
        let file = format!("src/{file}");
        if !packed.contains(&*file) {
            problems.push(format!("{file} is not in the crate"));
        }
        let text = read(&project().join(&file));
        for included in text.split("include_str!(\"").skip(1) {
            let included = included.split('"').next().unwrap();
            let folder = Path::new(&file).parent().unwrap();
            let whole = project().join(folder).join(included).canonicalize().unwrap();
            let root = project().canonicalize().unwrap();
            let path = whole.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            if !packed.contains(&*path) {
                problems.push(format!("{file} includes {path}, which is not in the crate"));
            }
        }
    }
    none("the crate", &problems);
    let size: u64 = packed
        .iter()
        .filter_map(|file| std::fs::metadata(project().join(file)).ok())
        .map(|file| file.len())
        .sum();
    assert!(size < LARGEST, "the crate's files have {size} bytes");
}

/// The targets of the release workflow.
fn targets() -> BTreeSet<String> {
    let release = yaml(".github/workflows/release.yml");
    let builds = release["jobs"]["build"]["strategy"]["matrix"]["include"]
        .as_array()
        .unwrap();
    builds
        .iter()
        .map(|build| build["target"].as_str().unwrap().to_owned())
        .collect()
}

/// A template of `[package.metadata.binstall]`, filled in.
fn binstall(key: &str, target: &str) -> String {
    let manifest = manifest();
    let template = manifest["package"]["metadata"]["binstall"][key].as_str().unwrap();
    let suffix = if target.contains("windows") { ".exe" } else { "" };
    let filled = template
        .replace("{ repo }", "https://example.com/owner/name")
        .replace("{ name }", "mdbook-design-docs")
        .replace("{ bin }", "mdbook-design-docs")
        .replace("{ binary-ext }", suffix)
        .replace("{ version }", &package("version"))
        .replace("{ target }", target);
    assert!(!filled.contains(['{', '}']), "{filled}");
    filled
}

/// Runs a script of the project, or of a step in a workflow, with bash.
fn bash(script: &str, args: &[&str], env: &[(&str, &str)], folder: &Path) -> (bool, String) {
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail"]);
    command.args(["-c", script, "bash"]).args(args).current_dir(folder);
    command.env_remove("SOURCE_DATE_EPOCH").envs(env.iter().copied());
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Packs the program under test as the release does; not itself, which is large as tests build
/// it, but a script that calls it.
#[cfg(unix)]
fn pack(target: &str, folder: &Path) {
    let program = tempfile::NamedTempFile::new().unwrap().into_temp_path();
    let script = format!("#!/bin/sh\nexec '{BINARY}' \"$@\"\n");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let args = [target, program.to_str().unwrap(), folder.to_str().unwrap()];
    let (is_done, said) = bash(".ci/package \"$@\"", &args, &[], project());
    assert!(is_done, "{said}");
}

#[test]
#[cfg(unix)]
fn binstall_finds_the_archives_of_a_release() {
    for target in targets() {
        let dir = tempfile::tempdir().unwrap();
        pack(&target, dir.path());
        let url = binstall("pkg-url", &target);
        let (before, archive) = url.rsplit_once('/').unwrap();
        let tag = format!("/releases/download/v{}", package("version"));
        assert!(before.ends_with(&tag), "{url}");
        assert_eq!(
            files_below(dir.path()),
            [archive.to_owned(), format!("{archive}.sha256")]
        );
        let (is_read, list) = bash("tar -tzf \"$1\"", &[archive], &[], dir.path());
        assert!(is_read, "{list}");
        let program = binstall("bin-dir", &target);
        let inside: BTreeSet<&str> = list.lines().collect();
        assert!(inside.contains(&*program), "no {program}:\n{list}");
        let top = program.rsplit_once('/').unwrap().0;
        for file in [
            "man/mdbook-design-docs.1", "man/mdbook-design-docs-check.1", "completions/mdbook-design-docs.bash",
            "completions/_mdbook-design-docs", "completions/mdbook-design-docs.fish",
            "completions/_mdbook-design-docs.ps1", "LICENSE-MIT", "LICENSE-APACHE", "README.md",
        ] {
            assert!(inside.contains(&*format!("{top}/{file}")), "no {file}:\n{list}");
        }
    }
}

/// A step of action.yml.
fn step(name: &str) -> Value {
    let steps = yaml("action.yml")["runs"]["steps"].clone();
    let steps = steps.as_array().unwrap();
    steps.iter().find(|step| step["name"] == name).unwrap().clone()
}

#[test]
fn the_action_asks_only_for_what_is_there() {
    let action = yaml("action.yml");
    let inputs: BTreeSet<&str> = action["inputs"].as_object().unwrap().keys().map(|key| &**key).collect();
    assert_eq!(inputs, BTreeSet::from(["args", "book", "version"]));
    let text = read(&project().join("action.yml"));
    for used in text.split("${{ inputs.").skip(1) {
        let name = used.split(' ').next().unwrap();
        assert!(inputs.contains(name), "there is no input `{name}`");
    }
    let install = step("Install mdbook-design-docs")["run"].as_str().unwrap().to_owned();
    let targets = targets();
    let asked: BTreeSet<&str> = install
        .split("target=")
        .skip(1)
        .filter_map(|rest| rest.split(' ').next().filter(|target| !target.trim().is_empty()))
        .collect();
    assert!(asked.len() >= 5, "{asked:?}");
    for target in asked {
        assert!(targets.contains(target), "no release has {target}");
    }
}

/// Runs the action's first step on a Linux machine, the releases in `server`.
#[cfg(unix)]
fn install(server: &Path, temp: &Path, version: &str) -> (bool, String) {
    let script = step("Install mdbook-design-docs")["run"].as_str().unwrap().to_owned();
    // Here nothing is built: what cargo would be asked to do is written down.
    let tools = temp.join("tools");
    std::fs::create_dir_all(&tools).unwrap();
    bash(
        "printf '#!/bin/sh\\necho \"cargo $*\"\\n' >cargo; chmod +x cargo",
        &[],
        &[],
        &tools,
    );
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let server = format!("file://{}", server.display());
    let (action, added) = (project().to_str().unwrap(), temp.join("added"));
    bash(
        &script,
        &[],
        &[
            ("VERSION", version),
            ("REPOSITORY", "owner/name"),
            ("ACTION", action),
            ("SERVER", &server),
            ("OS", "Linux"),
            ("ARCH", "X64"),
            ("TEMP", temp.to_str().unwrap()),
            ("GITHUB_PATH", added.to_str().unwrap()),
            ("PATH", &path),
        ],
        temp,
    )
}

#[test]
#[cfg(unix)]
fn the_action_installs_the_prebuilt_program_and_checks_a_book() {
    let (server, temp) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let url = binstall("pkg-url", "x86_64-unknown-linux-musl");
    let path = url.strip_prefix("https://example.com/").unwrap();
    let archive = server.path().join(path);
    pack("x86_64-unknown-linux-musl", archive.parent().unwrap());
    let (is_done, said) = install(server.path(), temp.path(), "");
    assert!(is_done && !said.contains("cargo install"), "{said}");

    let added = read(&temp.path().join("added"));
    let program = Path::new(added.trim()).join("mdbook-design-docs");
    assert!(program.exists(), "{added}");
    let path = format!("{}:{}", added.trim(), std::env::var("PATH").unwrap());
    let check = step("Check")["run"].as_str().unwrap().to_owned();
    let check = |args: &str| {
        let env = [("BOOK", "book-example"), ("ARGS", args), ("PATH", &path)];
        bash(&check, &[], &env, project())
    };
    let (is_clean, said) = check("--today 2026-11-23 --deny overdue-question");
    assert!(!is_clean, "{said}");
    let line = said.lines().find(|line| line.contains("overdue-question")).unwrap();
    assert!(line.starts_with("::error file=book-example/src/designs/"), "{line}");
    let (is_clean, said) = check("");
    assert!(is_clean, "{said}");

    // An archive that is not the one that was published is not unpacked.
    std::fs::write(&archive, "something else").unwrap();
    let temp = tempfile::tempdir().unwrap();
    let (is_done, said) = install(server.path(), temp.path(), "");
    assert!(!is_done, "{said}");
    assert!(!temp.path().join("mdbook-design-docs/bin/mdbook-design-docs").exists());
}

#[test]
#[cfg(unix)]
fn without_a_prebuilt_program_the_action_builds_it() {
    let (server, temp) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (is_done, said) = install(server.path(), temp.path(), "");
    assert!(is_done, "{said}");
    let own = format!("cargo install --locked --path {}", project().display());
    assert!(said.contains(&own), "{said}");
    let (is_done, said) = install(server.path(), temp.path(), "9.8.7");
    assert!(is_done, "{said}");
    assert!(
        said.contains("cargo install --locked mdbook-design-docs --version 9.8.7"),
        "{said}"
    );
}

#[test]
fn the_pre_commit_hook_is_a_command_that_checks() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = &hooks[0];
    let entry = hook["entry"].as_str().unwrap();
    let (program, args) = entry.split_once(' ').unwrap();
    assert_eq!(program, "mdbook-design-docs");
    let mut args: Vec<&str> = args.split(' ').collect();
    let book = project().join("book-example");
    args.extend([book.to_str().unwrap(), "--today", "2026-11-23"]);
    assert_eq!(run(&args, b"").status.code(), Some(0));
    args.extend(["--deny", "warnings"]);
    assert_eq!(run(&args, b"").status.code(), Some(1));
    // File names would be taken for books.
    assert_eq!(hook["pass_filenames"], false);
}

/// A copy of what `.ci/release-notes` looks at.
#[cfg(unix)]
fn release(changelog: &str, repository: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join(".ci")).unwrap();
    std::fs::copy(
        project().join(".ci/release-notes"),
        dir.path().join(".ci/release-notes"),
    )
    .unwrap();
    let toml = read(&project().join("Cargo.toml"));
    let toml: String =
        toml.lines()
            .filter(|line| !line.starts_with("repository = "))
            .fold(String::new(), |text, line| match line.starts_with("license = ") {
                true => format!("{text}{line}\nrepository = \"{repository}\"\n"),
                false => format!("{text}{line}\n"),
            });
    std::fs::write(dir.path().join("Cargo.toml"), toml).unwrap();
    std::fs::write(dir.path().join("CHANGELOG.md"), changelog).unwrap();
    dir
}

#[test]
#[cfg(unix)]
fn a_release_is_made_only_of_what_agrees() {
    const HERE: &str = "https://example.com/owner/name";
    let version = package("version");
    let tag = format!("v{version}");
    let log = format!(
        "# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [{version}] - 2026-12-01\n\n### Added\n\n- All of it.\n\n\
         ## [0.0.1] - 2026-01-01\n\n- Little.\n\n[{version}]: https://example.com/\n"
    );
    let notes = |log: &str, repository: &str, tag: &str| {
        let dir = release(log, repository);
        bash(".ci/release-notes \"$@\"", &[tag, HERE], &[], dir.path())
    };
    let (is_done, said) = notes(&log, HERE, &tag);
    assert!(is_done, "{said}");
    assert_eq!(said.trim(), "### Added\n\n- All of it.");
    for (log, repository, tag, why) in [
        (&*log, HERE, "v9.9.9", "the tag is v9.9.9"),
        (&*log, "https://example.com/else", &*tag, "has to name this repository"),
        ("# Changelog\n\n## [Unreleased]\n", HERE, &*tag, "has no section"),
    ] {
        let (is_done, said) = notes(log, repository, tag);
        assert!(!is_done && said.contains(why), "{said}");
    }
    let changelog = read(&project().join("CHANGELOG.md"));
    assert!(changelog.contains("\n## [Unreleased]\n") || changelog.contains(&format!("\n## [{version}]")));
}

/// Runs what `init --github-pages` writes for installing. `curl` knows only our archive, and
/// that only where `is_published`; what cargo would do is written down.
#[cfg(target_os = "linux")]
fn handbook_install(repository: &str, is_published: bool) -> (String, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let tools = home.path().join("tools");
    let text = workflow(&Plan {
        branch: "main",
        folder: ".",
        output: "book",
        mdbook: "0.5.4",
        has_downloads: false,
        has_history: false,
        repository,
        others: &["mdbook-toc".to_owned()],
    });
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == "Install").unwrap();
    assert_eq!(step["shell"], "bash", "without it a broken download is no error");
    let target = "x86_64-unknown-linux-musl";
    pack(target, &home.path().join("published"));
    let url = binstall("pkg-url", target);
    let archive = url.rsplit('/').next().unwrap();
    let wanted = if is_published { &*url } else { "nothing" };
    let curl = format!(
        "#!/bin/sh\n[ \"$2\" = '{wanted}' ] && exec cat '{}/published/{archive}'\nexit 22\n",
        home.path().display()
    );
    std::fs::create_dir_all(&tools).unwrap();
    std::fs::create_dir_all(home.path().join(".cargo/bin")).unwrap();
    for (name, script) in [("curl", &*curl), ("cargo", "#!/bin/sh\necho \"cargo $*\"\n")] {
        std::fs::write(tools.join(name), script).unwrap();
        std::fs::set_permissions(tools.join(name), PermissionsExt::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:/usr/bin:/bin", tools.display());
    let env = [("HOME", home.path().to_str().unwrap()), ("PATH", &path)];
    let (is_done, said) = bash(step["run"].as_str().unwrap(), &[], &env, home.path());
    assert!(is_done, "{said}");
    (said, home)
}

#[test]
#[cfg(target_os = "linux")]
fn the_workflow_of_a_handbook_takes_what_is_published_and_builds_the_rest() {
    const HERE: &str = "https://example.com/owner/name";
    let built = format!(
        "cargo install mdbook-design-docs --locked --version {}",
        package("version")
    );
    let (said, home) = handbook_install(HERE, true);
    assert!(said.contains("cargo install mdbook --locked --version 0.5.4"), "{said}");
    assert!(!said.contains(&built), "{said}");
    assert_eq!(files_below(&home.path().join(".cargo/bin")), ["mdbook-design-docs"]);
    for repository in [HERE, ""] {
        let (said, home) = handbook_install(repository, false);
        assert!(said.contains(&built), "{said}");
        assert!(!said.contains("cargo install mdbook-toc"), "{said}");
        assert!(files_below(&home.path().join(".cargo/bin")).is_empty());
    }
}
