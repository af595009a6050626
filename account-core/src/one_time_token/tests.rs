//! Tokens and codes as they are written and read.

use super::*;

#[test]
fn only_the_canonical_spelling_of_a_token_is_read() {
    let token = SecretToken::from_bytes([0xA7; 32]);
    let text = token.expose().to_string();
    assert_eq!(text.len(), TOKEN.core.max);
    assert_eq!(SecretToken::parse(&text), Some(token));
    let last = text.chars().last().unwrap();
    for wrong in [
        String::new(),
        " ".to_owned(),
        text[..42].to_owned(),
        text[1..].to_owned(),
        format!("{text}="),
        format!("{text}A"),
        format!(" {}", &text[1..]),
        // The last character carries four bits of the token: the two others must be zero.
        format!("{}{}", &text[..42], char::from(u8::try_from(last).unwrap() + 1)),
        "\0".repeat(43),
    ] {
        assert_eq!(SecretToken::parse(&wrong), None, "{wrong:?}");
    }
}

#[test]
fn a_token_is_found_in_what_clients_make_of_its_link() {
    let token = SecretToken::from_bytes([0xA7; 32]);
    let text = token.expose().to_string();
    let found = |text: &str| SecretToken::of_link(text).as_ref() == Some(&token);
    for behind in [
        "",
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        ">",
        "]",
        "}",
        "\"",
        "'",
        "*",
        "_",
        "__",
        "-",
        "/",
        "//",
        " ",
        "%20",
        "\u{A0}",
        "\r\n",
        "&utm_source=newsletter&utm_medium=email",
        "?fbclid=abc",
        "#top",
        "&amp;x=y",
        "\u{BB}",
        ".)",
        "> wrote:",
    ] {
        for before in ["", " ", "<", "(", "3D", "=3D", "3d", "="] {
            assert!(found(&format!("{before}{text}{behind}")), "{before}..{behind}");
        }
    }
    for wrong in [
        String::new(),
        "3D".to_owned(),
        text[..42].to_owned(),
        text[1..].to_owned(),
        format!("{}.{}", &text[..20], &text[20..]),
        format!("{}.", &text[..42]),
        format!("{text}A"),
        format!("{text}_A"),
        format!("{text}="),
        format!("A{text}"),
        format!("3D3D{text}"),
        format!("x {text}"),
        format!("/{text}"),
    ] {
        assert_eq!(SecretToken::of_link(&wrong), None, "{wrong:?}");
    }
    // One that begins as a broken encoding does is itself.
    let bytes = Base64UrlUnpadded::decode_vec("3DAA").unwrap();
    let mut secret = [0; 32];
    secret[..3].copy_from_slice(&bytes);
    let token = SecretToken::from_bytes(secret);
    assert_eq!(SecretToken::of_link(&format!("{}.", *token.expose())), Some(token));
}

#[test]
fn another_case_of_a_token_is_another_token() {
    let token = SecretToken::from_bytes([0xA7; 32]);
    let upper = token.expose().to_ascii_uppercase();
    assert_ne!(SecretToken::parse(&upper).map(|other| other.digest()), Some(token.digest()));
}

#[test]
fn codes_are_read_as_people_type_them() {
    let code = VerificationCode::from_bytes([0x08, 0x42, 0x10, 0x84, 0x21]);
    assert_eq!(code.expose(), "11111111");
    for typed in [
        "11111111",
        "1111-1111",
        " 1i1l LI11 ",
        "1111\u{A0}1111",
        "1111\u{2013}1111",
        "1111\u{2212}1111",
        "1111\u{2011}1111",
        "1111_1111",
        "1111\u{30FC}1111",
        "１１１１－ＬＩ１１",
        "\u{200E}11111111\u{200F}",
        "1111\u{200B}1111\n",
        "١١١١١١١١",
        "۱۱۱۱ ۱۱۱۱",
        "१११११११১",
    ] {
        assert_eq!(VerificationCode::parse(typed), Some(code.clone()), "{typed}");
    }
    for typed in ["", "1111111", "111111111", "1111111U", "1111111é"] {
        assert_eq!(VerificationCode::parse(typed), None, "{typed}");
    }
    assert_eq!(VerificationCode::from_bytes([0xFF; 5]).expose(), "ZZZZZZZZ");
}

#[test]
fn secrets_are_never_printed() {
    let token = SecretToken::from_bytes([7; 32]);
    assert_eq!(format!("{token:?} {:?}", token.digest()), "SecretToken(..) TokenDigest(..)");
    assert_eq!(format!("{:?}", VerificationCode::from_bytes([7; 5])), "VerificationCode(..)");
}
