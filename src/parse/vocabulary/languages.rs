//! How the words of each additional language are read in headings, labels and statuses.

use super::headings::{Heading, heading_words, read};
use super::topics::Topic;
use super::*;

fn config(language: &str) -> Config {
    Config {
        language: language.to_owned(),
        ..Config::default()
    }
}

fn heading(title: &str, vocabulary: &Vocabulary<'_>) -> Heading {
    read(title, &heading_words(title), vocabulary)
}

/// Checks that the examples of a language have the meaning before their colon: headings a topic or
/// `nothing`, labels a scope and a concept, statuses a state.
fn check(language: &str, examples: &str) {
    let config = config(language);
    let vocabulary = Vocabulary::new(&config);
    for line in examples.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (expected, texts) = line.split_once(": ").unwrap();
        for text in texts.split(" | ") {
            assert!(
                is_read(expected, text, &vocabulary),
                "{language}: `{text}` is not {expected}"
            );
        }
    }
}

fn is_read(expected: &str, text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    match expected.split_once(' ') {
        Some(("status", state)) => {
            let folded = fold(text);
            let found = prefixes(&folded).find_map(|words| vocabulary.status(words));
            found.is_some_and(|(found, _)| found == state)
        }
        Some((scope, key)) => {
            let (scope, key) = (
                Scope::named(scope, vocabulary.config).unwrap(),
                Key::named(key).unwrap(),
            );
            vocabulary.key(scope, text) == Some(key)
        }
        None => {
            let heading = heading(text, vocabulary);
            let mut topic = Roles::default();
            match topic.add(expected, vocabulary.config) {
                // Not a log with unknown words.
                true => heading.topics.0 & topic.topics.0 != 0 && !heading.is_weak,
                false => heading.topics.is_empty(),
            }
        }
    }
}

#[test]
fn the_words_of_german() {
    check(
        "de",
        "
        open-questions: Offene Fragen | 5. Offene Punkte | ❓ Offene Fragen | Ungeklärte Fragen
        open-questions: Noch offene Fragen | Offene Punkte und Risiken | Risiken und offene Fragen
        open-questions: Noch zu klären | Zu klärende Punkte | Offene Entscheidungen
        open-questions: Ausstehende Entscheidungen | Entscheidungen nötig | Noch zu treffende Entscheidungen
        open-questions: Fragen an das Zahlungsteam | Punkte zur Diskussion | Fragen | Klärungsbedarf
        open-questions: Offene technische Fragen | Offene Fragen zur Migration | Entscheidungsbedarf
        open-questions: Entscheidungen und offene Fragen
        resolved-questions: Offene Fragen (geklärt) | Geklärte Fragen | Beantwortete Fragen
        decision-log: Entscheidungen | Getroffene Entscheidungen | Entscheidungsprotokoll
        decision-log: Kurier — Entscheidungsprotokoll | Wichtige Entscheidungen (eingefroren)
        decision-log: Technische Entscheidungen | Architekturentscheidungen | Entscheidungen (2026-05-01)
        decision-log: Entscheidungen und offene Fragen | Entscheidungs-Log | Entscheidungen zur Architektur
        decision: Entscheidung | Entscheidungsergebnis
        out-of-scope: Nicht-Ziele
        metadata: Metadaten
        generic: Kontext und Problemstellung | Problemstellung
        nothing: Entscheidungskriterien | Entscheidungstreiber | Betrachtete Alternativen | Konsequenzen
        nothing: Bekannte Probleme | Häufig gestellte Fragen | Offene Aufgaben | Entscheidungsfindung
        nothing: Die Frage nach dem Warum | Open-Source-Lizenzen | Offene Schnittstellen
        nothing: Fragen der Sicherheit
        document author: Autor:in | Verfasser
        document created: Erstellt am
        document updated: Zuletzt geändert | Stand
        document reviewer: Prüfer
        document approver: Freigabe durch
        document decider: Entscheider
        document superseded-by: Ersetzt durch
        document date: Datum | ADR-Datum
        document attendees: Teilnehmer
        question due: Entscheidung nötig bis | Fällig am | Frist
        question owner: Verantwortlich | Zuständig
        question status: Stand
        question answer: Antwort
        question context: Hintergrund
        decision rationale: Begründung
        decision decider: Entschieden von
        decision decision: Entscheidung | Gewählte Option
        status draft: Entwurf
        status in-review: In Prüfung
        status accepted: Angenommen (verbindlich)
        status approved: Freigegeben
        status superseded: Ersetzt durch ADR-12
        status rejected: Abgelehnt
        status implemented: Umgesetzt
        status deferred: Zurückgestellt
        ",
    );
}

#[test]
fn the_words_of_french() {
    check(
        "fr",
        "
        open-questions: Questions ouvertes | 4. Questions en suspens | Questions non résolues
        open-questions: Points ouverts | Points à clarifier | Sujets à trancher | Questions à résoudre
        open-questions: Risques et questions ouvertes | Décisions à prendre | Décisions en attente
        open-questions: Décision attendue | À clarifier | Questions pour l'équipe paiements
        open-questions: Points en suspens | Reste à décider | Décisions et questions ouvertes
        resolved-questions: Questions résolues | Questions ouvertes (résolues)
        decision-log: Décisions | Journal des décisions | Registre des décisions
        decision-log: Registre des décisions d’architecture | Décisions d'architecture | Décisions prises
        decision-log: Décisions techniques | Principales décisions | Projet Coursier — Journal des décisions
        decision-log: Décisions et questions ouvertes
        decision: Décision | Résultat de la décision
        out-of-scope: Hors périmètre
        generic: Contexte et problème
        nothing: Décisions Coursier | Conséquences | Facteurs de décision | Options envisagées
        nothing: Problèmes connus | Questions fréquentes | Prise de décision | Prise de décisions
        nothing: Points forts | Arbre de décision | Points de terminaison | Choix de la base
        nothing: Sujets abordés
        document author: Auteur·rice·s | Rédigé par
        document created: Créé le
        document updated: Dernière mise à jour
        document reviewer: Relecteurs
        document approver: Approuvé par
        document decider: Décideurs
        document superseded-by: Remplacé par
        document status: État | Statut
        question due: Décision attendue avant le | Échéance
        question owner: Responsable
        question answer: Réponse
        question context: Contexte
        question status: Statut
        decision decider: Décidé par
        decision rationale: Justification
        decision decision: Option retenue
        status draft: Brouillon
        status in-review: En relecture | En cours de validation
        status proposed: Proposé
        status accepted: Acceptée
        status superseded: Remplacé par ADR-12
        status rejected: Rejeté
        status in-progress: En cours
        status deprecated: Obsolète
        ",
    );
}

#[test]
fn the_words_of_spanish() {
    check(
        "es",
        "
        open-questions: Preguntas abiertas | Preguntas pendientes | 6. Cuestiones abiertas
        open-questions: Puntos pendientes | Temas por definir | Puntos abiertos | Dudas
        open-questions: Decisiones pendientes | Decisiones por tomar | Pendientes de definición
        open-questions: Riesgos y preguntas abiertas | Preguntas sin resolver | Por definir | A definir
        open-questions: ¿Qué falta decidir? | Preguntas para el equipo | Decisiones y preguntas abiertas
        resolved-questions: Preguntas resueltas | Preguntas abiertas (resueltas)
        decision-log: Decisiones | Registro de decisiones | Registro de decisiones de arquitectura
        decision-log: Decisiones de diseño | Decisiones tomadas | Decisiones tomadas en esta etapa
        decision-log: Decisiones técnicas | Decisiones clave | Decisiones explícitas (resumen)
        decision-log: Bitácora de decisiones | Decisiones y pendientes | Mensajería — Registro de decisiones
        decision: Decisión | Opción elegida
        out-of-scope: Fuera de alcance
        generic: Contexto | Contexto y planteamiento del problema
        nothing: Consecuencias | Toma de decisiones | Alternativas consideradas | Problemas conocidos
        nothing: Preguntas frecuentes | Criterios de decisión | Tareas pendientes | Puntos de acceso
        nothing: Decisiones a evitar | Pendientes
        document author: Autor(es) | Elaborado por
        document created: Fecha de creación
        document updated: Última actualización
        document reviewer: Revisores
        document approver: Aprobado por
        document decider: Decisores
        document superseded-by: Reemplazado por
        document status: Estado
        document date: Fecha
        question due: Decisión necesaria antes de | Fecha límite
        question owner: Responsable
        question answer: Respuesta
        question context: Contexto
        question status: Estado
        decision decider: Decidido por
        decision rationale: Justificación
        decision decision: Opción elegida
        status draft: Borrador
        status in-review: En revisión | Pendiente de aprobación
        status accepted: ACEPTADO
        status approved: Aprobada
        status superseded: Reemplazado por ADR-12
        status rejected: Rechazado
        status in-progress: En curso
        ",
    );
}

#[test]
fn the_words_of_portuguese() {
    check(
        "pt",
        "
        open-questions: Questões em aberto | Perguntas em aberto | Questões abertas | 7. Pontos em aberto
        open-questions: Itens pendentes | Dúvidas | Decisões pendentes | Decisões a tomar | Pontos a definir
        open-questions: A definir | Riscos e questões em aberto | O que falta decidir
        open-questions: Perguntas para a equipe | Decisões e questões em aberto
        resolved-questions: Questões resolvidas | Questões em aberto (resolvidas)
        decision-log: Decisões | Registro de decisões | Registo de decisões
        decision-log: Registro de Decisões de Arquitetura | Decisões de arquitetura | Decisões tomadas
        decision-log: Principais decisões | Decisões técnicas | Entregas — Registro de decisões
        decision-log: Decisões e questões em aberto
        decision: Decisão | Opção escolhida
        out-of-scope: Fora de escopo
        generic: Contexto
        nothing: Pendências | Consequências | Tomada de decisão | Alternativas consideradas
        nothing: Problemas conhecidos | Perguntas frequentes | Tarefas pendentes | Fatores de decisão
        nothing: Itens de ação
        document author: Autor(es) | Elaborado por
        document created: Data de criação
        document updated: Última atualização
        document reviewer: Revisores
        document approver: Aprovado por
        document decider: Decisores
        document superseded-by: Substituído por
        document status: Situação
        document date: Data
        question due: Decisão necessária até | Prazo
        question owner: Responsável
        question answer: Resposta
        question context: Contexto
        question status: Situação
        decision decider: Decidido por
        decision rationale: Justificativa
        decision decision: Opção escolhida
        status draft: Rascunho
        status in-review: Em revisão
        status accepted: Aceito
        status approved: Aprovada
        status superseded: Substituído por ADR-12
        status rejected: Rejeitado
        status in-progress: Em andamento
        status implemented: Concluído
        ",
    );
}

#[test]
fn the_words_of_japanese() {
    check(
        "ja",
        "
        open-questions: 未決事項 | 5. 未解決の質問 | 検討事項 | リスク、未決事項 | 配送アプリ — 未決事項
        open-questions: ❓ オープンクエスチョン | 第3章 未決事項
        resolved-questions: 未決事項（解決済み） | 解決済みの質問
        decision-log: 決定事項 | 決定ログ | 決定事項 一覧 | 配送アプリ：決定ログ
        decision-log: アーキテクチャ決定記録（ADR） | 主要な設計判断
        decision: 決定 | 決定内容
        out-of-scope: 対象外
        metadata: 文書情報
        generic: コンテキスト | 背景と課題
        nothing: 影響 | 結果 | 検討した選択肢 | 既知の問題 | よくある質問 | 決定要因 | 意思決定プロセス
        document author: 作成者
        document created: 作成日
        document updated: 最終更新日
        document reviewer: レビュアー
        document approver: 承認者
        document decider: 決定者
        document status: ステータス
        document date: 日付
        question due: 決定期限 | 期限
        question owner: 担当者
        question answer: 回答
        question context: 背景
        question status: 状態
        decision decider: 決定者
        decision rationale: 理由
        decision decision: 採用
        status draft: 下書き
        status in-review: レビュー中
        status proposed: 提案
        status approved: 承認済み
        status accepted: 採用
        status deprecated: 廃止
        status rejected: 却下
        status implemented: 実装済み
        ",
    );
}

#[test]
fn the_words_of_chinese() {
    check(
        "zh",
        "
        open-questions: 未解决问题 | 五、待定问题 | 5. 待确认事项 | 待決事項 | 配送应用 — 待定事项
        open-questions: 风险、待定问题
        resolved-questions: 待定问题（已解决） | 已解决的问题
        decision-log: 决策记录 | 決策記錄 | 架构决策记录（ADR） | 关键决策 | 配送应用：决策日志
        decision: 决策 | 决策结果
        out-of-scope: 非目标
        metadata: 文档信息
        generic: 背景 | 问题
        nothing: 后果 | 影响 | 已知问题 | 常见问题 | 决策驱动因素 | 决策流程
        document author: 作者
        document created: 创建日期
        document updated: 最后更新
        document reviewer: 评审人
        document approver: 审批人
        document decider: 决策者
        document status: 状态 | 狀態
        document date: 日期
        document superseded-by: 被取代
        question due: 决策截止日期 | 截止日期
        question owner: 负责人
        question answer: 答复
        question context: 背景
        question status: 状态
        decision decider: 决策人
        decision rationale: 理由
        decision decision: 最终选择
        status draft: 草稿
        status in-review: 评审中
        status approved: 已批准
        status accepted: 已接受
        status superseded: 已被 ADR-12 取代
        status rejected: 已拒绝
        status in-progress: 进行中
        status deprecated: 已廢棄
        ",
    );
}

/// A language is read in addition to English, and only in books in that language.
#[test]
fn a_language_is_read_beside_english_in_its_own_books() {
    let german = config("de-AT");
    let vocabulary = Vocabulary::new(&german);
    assert!(heading("Offene Fragen", &vocabulary).topics.has(Topic::OpenQuestions));
    assert!(heading("Open questions", &vocabulary).topics.has(Topic::OpenQuestions));
    assert_eq!(vocabulary.month("Dezember"), Some(12));
    let english = Vocabulary::english();
    assert!(heading("Offene Fragen", &english).topics.is_empty());
    assert_eq!(english.month("Dezember"), None);
}
