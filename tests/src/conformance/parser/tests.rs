use super::*;

const SAMPLE: &str = "\
# What this file is about.
setting dialects.mikrocloud.disclose_existing = true
file token.txt = a = b
needs rpost, form

=== A user registers [seed 000] [ours]
# Why.

--- request
POST /user
Content-Type: application/json

{
  \"name\": \"--- no mark\"
}

--- answer, white space aside
201
X-Header: a: b

{\"message\": \"ok\"}

--- mail to john@acme.com
Subject: Verify your email address
Link: {{public_url}}/l/{{token}}
Lacks: a: b
--- no mail to john@acme.com
--- verify john@acme.com with SDf345FCe
--- sign in john@acme.com with a b with c
--- store
account john@acme.com {\"name\": \"John Appleseed\"}
no registration jane@acme.com
=== It goes on [known]
--- request, 5 times
GET /
--- answer
404
--- request, until it is answered so
GET /
--- answer
404
";

fn misread(text: &str) -> (usize, String) {
    let misread = parse(text).unwrap_err();
    (misread.line, misread.what)
}

/// A file of one case with these steps, which begin at line 2.
fn steps(steps: &str) -> String {
    format!("=== Title [ours]\n{steps}")
}

#[test]
fn a_file_is_parsed_verbatim() {
    let file = parse(SAMPLE).unwrap();
    assert_eq!(file.settings, [("dialects.mikrocloud.disclose_existing".to_owned(), "true".to_owned())]);
    assert_eq!(file.files, [("token.txt".to_owned(), "a = b".to_owned())]);
    assert_eq!(file.needs, ["rpost", "form"]);
    let [first, second] = &file.cases[..] else { panic!("{:?}", file.cases) };
    assert_eq!(
        (first.title.as_str(), &first.sources[..]),
        ("A user registers", &["seed 000".to_owned(), "ours".to_owned()][..])
    );
    let Action::Request { request, effort, expected } = &first.steps[0].action else { panic!("{first:?}") };
    assert_eq!((first.steps[0].line, request.method.as_str(), request.target.as_str()), (9, "POST", "/user"));
    assert_eq!(request.headers, [("Content-Type".to_owned(), "application/json".to_owned())]);
    assert_eq!(request.body, "{\n  \"name\": \"--- no mark\"\n}");
    assert_eq!(*effort, Effort::Times(1));
    assert_eq!(
        *expected,
        Answer {
            status: 201,
            headers: vec![("X-Header".to_owned(), "a: b".to_owned())],
            body: "{\"message\": \"ok\"}".to_owned(),
            counts_white_space: false,
        }
    );
    let rest: Vec<_> = first.steps[1..].iter().map(|step| &step.action).collect();
    let text = str::to_owned;
    assert_eq!(
        rest,
        [
            &Action::Mail {
                to: text("john@acme.com"),
                expected: vec![
                    MailLine::Header(text("Subject"), text("Verify your email address")),
                    MailLine::Link(text("{{public_url}}/l/{{token}}")),
                    MailLine::Lacks(text("a: b")),
                ],
            },
            &Action::NoMail { to: text("john@acme.com") },
            &Action::Verify { email: text("john@acme.com"), password: text("SDf345FCe") },
            &Action::SignIn { email: text("john@acme.com"), password: text("a b with c") },
            &Action::Store(vec![
                StoreLine::Account(text("john@acme.com"), serde_json::json!({"name": "John Appleseed"})),
                StoreLine::NoRegistration(text("jane@acme.com")),
            ]),
        ]
    );
    let efforts: Vec<_> = second.steps.iter().map(|step| &step.action).collect();
    assert!(matches!(
        efforts[..],
        [Action::Request { effort: Effort::Times(5), .. }, Action::Request { effort: Effort::UntilAnswered, .. }]
    ));
}

#[test]
fn a_request_without_an_answer_is_refused() {
    let without = "the request before has no answer";
    assert_eq!(misread(&steps("--- request\nGET /\n")), (3, without.to_owned()));
    assert_eq!(misread(&steps("--- request\nGET /\n--- no mail to a@b.c")), (4, without.to_owned()));
    assert_eq!(misread(&steps("--- request\nGET /\n=== Other [ours]")).1, without);
    assert_eq!(misread(&steps("--- curl\ncurl http://localhost/\n")).1, without);
}

#[test]
fn an_answer_without_a_request_is_refused() {
    let answer = "--- answer\n200\n";
    assert_eq!(misread(&steps(answer)), (2, "an answer without a request".to_owned()));
    assert_eq!(misread(&steps(&format!("--- request\nGET /\n{answer}{answer}"))).0, 6);
    assert_eq!(misread(&steps(&format!("--- no mail to a@b.c\n{answer}"))).0, 3);
}

#[test]
fn a_case_without_steps_and_a_file_without_cases_are_refused() {
    assert_eq!(misread("=== Title [ours]\n"), (1, "\"Title\" has no steps".to_owned()));
    assert_eq!(misread("# nothing\n"), (1, "there is no case".to_owned()));
}

#[test]
fn a_title_names_its_source() {
    for title in ["Title", "Title [seed 005]", "Title [seed 00]", "Title [seen]", "Title [ours] [guess]", "Title []"] {
        assert_eq!(misread(&format!("=== {title}\n--- no mail to a@b.c\n")).0, 1, "{title}");
    }
}

#[test]
fn titles_tell_cases_apart() {
    let case = "=== Title [ours]\n--- no mail to a@b.c\n";
    assert_eq!(misread(&format!("{case}{case}")), (3, "\"Title\" is the title of two cases".to_owned()));
}

#[test]
fn every_misspelling_is_refused_with_its_line() {
    for wrong in [
        "--- requests\nGET /",
        "--- request, 0 times\nGET /",
        "--- request, many times\nGET /",
        "--- request\nGET",
        "--- request\nGET nowhere",
        "--- request\nGET / HTTP/1.1",
        "--- request\nGET /\nNo header",
        "--- request\nGET /\n--- answer, roughly\n200",
        "--- request\nGET /\n--- answer\nOK",
        "--- request\nGET /\n--- answer\n99",
        "--- curl\nwget http://localhost/",
        "--- mail from a@b.c",
        "--- mail to a@b.c\nSubject",
        "--- no mail to a@b.c\nSubject: a",
        "--- no mails to a@b.c",
        "--- verify a@b.c",
        "--- verify a@b.c with x\nmore",
        "--- sign a@b.c",
        "--- store\naccount a@b.c",
        "--- store\naccount a@b.c {",
        "--- store\nno session a@b.c",
        "text that belongs to no step",
    ] {
        assert!(matches!(misread(&steps(wrong)).0, 1..=5), "{wrong}");
    }
    assert_eq!(misread("settings = 1\n=== Title [ours]\n--- no mail to a@b.c").0, 1);
    assert_eq!(misread("--- no mail to a@b.c").0, 1);
}
