//! The page from which developers start: the pages, the documents, and the emails that were written to files instead of
//! being sent. It is there only if emails go to files and the service is reached on this machine, and it answers nobody
//! else: the emails have links in them that open accounts.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use account_core::client::Client;
use poem::http::StatusCode;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::paths::DEVELOPMENT;
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use crate::problem::{Problem, ProblemKind};

/// The newest emails are shown.
const MOST_MAILS: usize = 20;
/// Maximum size of an email that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// What files with emails end in.
const ENDING: &str = "eml";

#[derive(Serialize)]
struct DevelopmentPage {
    directory: String,
    /// The newest first.
    mails: Vec<WrittenMail>,
}

/// An email in a file.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct WrittenMail {
    file: String,
    to: String,
    subject: String,
    /// The first link with a token in it.
    link: Option<String>,
}

impl PageTemplate for DevelopmentPage {
    const NAME: &'static str = "development.html";

    fn here(&self) -> Option<String> {
        Some(DEVELOPMENT.to_owned())
    }
}

#[handler]
pub(super) async fn show(visit: &Visit, request: &Request) -> poem::Result<Response> {
    let is_answered = is_on_this_machine(&visit.context.client) && !is_passed_on(request);
    let directory = visit.pages.mail_directory.clone().filter(|_| is_answered);
    let Some(directory) = directory else { return Err(Problem::new(ProblemKind::NotFound).into()) };
    let links = [Some(&visit.pages.public_url), visit.pages.link_url.as_ref()];
    let links: Vec<String> = links.into_iter().flatten().map(|url| format!("{}/l/", url.as_str())).collect();
    let place = directory.display().to_string();
    let mails = tokio::task::spawn_blocking(move || newest_mails(&directory, &links)).await.unwrap_or_default();
    Ok(visit.page(StatusCode::OK, &DevelopmentPage { directory: place, mails })?)
}

/// Whether a proxy on this machine passes the request on, for somebody who may be anywhere.
fn is_passed_on(request: &Request) -> bool {
    let marks = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
    marks.into_iter().any(|mark| request.headers().contains_key(mark))
}

/// Behind a proxy, nobody is known to be.
fn is_on_this_machine(client: &Client) -> bool {
    client.address.is_some_and(|address| address.to_canonical().is_loopback()) && !client.is_proxy
}

/// The newest emails. Their files have names that are in the order of time; one that cannot be read is left out.
fn newest_mails(directory: &Path, links: &[String]) -> Vec<WrittenMail> {
    let entries = fs::read_dir(directory).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|found| found == ENDING)).collect();
    files.sort_unstable_by(|one, other| other.cmp(one));
    files.iter().take(MOST_MAILS).filter_map(|path| read(path, links)).collect()
}

fn read(path: &Path, links: &[String]) -> Option<WrittenMail> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    let file = path.file_name()?.to_string_lossy().into_owned();
    Some(written(file, &String::from_utf8_lossy(&bytes), links))
}

/// What is shown of an email.
fn written(file: String, text: &str, links: &[String]) -> WrittenMail {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    // Long headers go on after a line break and a space (RFC 5322, section 2.2.3).
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let header = |name: &str| {
        let value = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        value.unwrap_or_default().to_owned()
    };
    // As quoted-printable text has long lines and equals signs (RFC 2045, section 6.7).
    let body = body.replace("=\r\n", "").replace("=3D", "=");
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>');
    let link = links.iter().find_map(|start| {
        let rest = body.get(body.find(start.as_str())?..)?;
        rest.split(is_end).next().map(str::to_owned)
    });
    WrittenMail { file, to: header("To"), subject: words_of(&header("Subject")), link }
}

/// A header's text without the encoding of words in other letters (RFC 2047). What cannot be read stays.
fn words_of(text: &str) -> String {
    let decoded = |word: &str| -> Option<String> {
        let encoded = word.strip_prefix("=?utf-8?")?.strip_suffix("?=")?;
        let (encoding, encoded) = encoded.split_once('?')?;
        let bytes = match encoding {
            "b" | "B" => <base64ct::Base64 as base64ct::Encoding>::decode_vec(encoded).ok()?,
            _ => unquoted(&encoded.replace('_', " "))?,
        };
        String::from_utf8(bytes).ok()
    };
    let mut text_so_far = String::new();
    let mut follows_encoded = false;
    for word in text.split(' ') {
        let found = decoded(word);
        // White space between two encoded words is none.
        if !text_so_far.is_empty() && (!follows_encoded || found.is_none()) {
            text_so_far.push(' ');
        }
        follows_encoded = found.is_some();
        text_so_far.push_str(&found.unwrap_or_else(|| word.to_owned()));
    }
    text_so_far
}

/// The bytes of a text in which some stand as `=C3`.
fn unquoted(text: &str) -> Option<Vec<u8>> {
    let (first, rest) = text.split_once('=').unwrap_or((text, ""));
    let mut bytes = first.as_bytes().to_vec();
    for part in rest.split('=').filter(|part| !part.is_empty()) {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(part.get(2..)?.as_bytes());
    }
    Some(bytes)
}

pub(super) fn sample() -> Sample {
    let mail = |link: Option<&str>| WrittenMail {
        file: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f.eml".to_owned(),
        to: samples::address(),
        subject: samples::text(),
        link: link.map(str::to_owned),
    };
    let page = |mails| DevelopmentPage { directory: "account-data/mail".to_owned(), mails };
    Sample::of(&page(Vec::new()), &page(vec![mail(None), mail(Some("http://127.0.0.1:8080/l/token"))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_shown_with_its_link() {
        let links = ["https://mk.example/l/".to_owned(), "http://127.0.0.1:8080/l/".to_owned()];
        let text = "From: a@b.example\r\nTo: john@acme.com\r\nSubject: Verify your\r\n email address\r\n\r\n\
                    Open\r\nhttp://127.0.0.1:8080/l/abc=\r\ndef?x=3D1\r\nor http://127.0.0.1:8080/l/other\r\n";
        let mail = written("1.eml".to_owned(), text, &links);
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("john@acme.com", "Verify your email address"));
        assert_eq!(mail.link.as_deref(), Some("http://127.0.0.1:8080/l/abcdef?x=1"));
        let bare = written("2.eml".to_owned(), "Subject: x", &links);
        assert_eq!((bare.subject.as_str(), bare.to.as_str(), bare.link), ("x", "", None));
    }

    #[test]
    fn subjects_in_other_letters_are_read() {
        for (header, text) in [
            ("plain words", "plain words"),
            ("=?utf-8?b?QmVzdMOkdGlnZW4=?= Sie", "Best\u{e4}tigen Sie"),
            ("=?utf-8?Q?Best=C3=A4tigen_Sie?= =?utf-8?Q?_das?=", "Best\u{e4}tigen Sie das"),
            ("=?utf-8?b?%?=", "=?utf-8?b?%?="),
        ] {
            assert_eq!(words_of(header), text);
        }
    }

    #[test]
    fn the_newest_emails_come_first_and_other_files_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["0001.eml", "0003.eml", "0002.eml", "notes.txt", "0004.eml.tmp"] {
            fs::write(folder.path().join(name), "Subject: x\r\n\r\n").unwrap();
        }
        let files: Vec<_> = newest_mails(folder.path(), &[]).into_iter().map(|mail| mail.file).collect();
        assert_eq!(files, ["0003.eml", "0002.eml", "0001.eml"]);
        assert!(newest_mails(&folder.path().join("absent"), &[]).is_empty());
    }

    #[test]
    fn only_this_machine_is_answered() {
        for (address, is_here) in [("127.0.0.1", true), ("::1", true), ("::ffff:127.0.0.1", true), ("192.0.2.1", false)]
        {
            assert_eq!(is_on_this_machine(&Client::at(address.parse().unwrap())), is_here, "{address}");
        }
        assert!(!is_on_this_machine(&Client::default()));
        let proxy = Client { is_proxy: true, ..Client::at("127.0.0.1".parse().unwrap()) };
        assert!(!is_on_this_machine(&proxy));
        assert!(is_passed_on(&Request::builder().header("X-Real-IP", "192.0.2.1").finish()));
        assert!(!is_passed_on(&Request::builder().header("Accept", "text/html").finish()));
    }
}
