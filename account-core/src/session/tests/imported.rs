//! Hashes of other systems are verified, and replaced at the first sign-in.

use super::*;

/// Of `password`, each made by another implementation than ours.
const IMPORTED: [&str; 11] = [
    "$2b$05$abcdefghijklmnopqrstuuWG29KuyeAicPCJODk1zjyGvyQUU2awu",
    "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
    "$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E",
    "pbkdf2_sha256$1000$somesalt$j4Aa14inUtOh7Sg/D7hH54ohymuHNQD4+ccfhepGWAY=",
    "AQAAAAIAAAPoAAAAEHNvbWVzYWx0MTIzNDU2NzjetH+/QwwoRroiihuKu+dGDbD5COGk5TwP8m44ArhPqQ==",
    "bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuavYyybW8SwBYgHrVfEOHIljvgCGgHr2",
    "$wp$2y$04$abcdefghijklmnopqrstuuvVcN26Qszf/bgHTEy5wqn1LFLMIFXUq",
    "$P$5saltsalt.dw5Zgkxy7Q/ZvpQhE5iw0",
    "$pbkdf2-sha512$i=1000$c29tZXNhbHQxMjM0NTY3OA$3rR/v0MMKEa6IoobirvnRg2w+QjhpOU8D/JuOAK4T6mc51/ZhjUzmFUGOkqXqfnUnh7+LIag9YgOHJCiwqY9HA",
    "$argon2i$v=19$m=256,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$ssNOhnmAjdDWTNCbVK9QGcvwz5AG4e1/",
    "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc",
];

#[tokio::test]
async fn every_kind_is_verified_and_replaced_at_the_first_sign_in() {
    let world = World::new();
    for (number, text) in IMPORTED.into_iter().enumerate() {
        let email = format!("john{number}@acme.com");
        let hash = PasswordHash::parse_imported(text).unwrap();
        let account = Account { password_hash: Some(hash.clone()), ..world.draft_account(&email, PASSWORD).await };
        let id = world.insert(account).await.id;
        assert_eq!(why(world.sign_in(&email, "Password").await), "WrongCredentials", "{text}");
        assert_eq!(world.find(id).password_hash, Some(hash), "{text}");
        assert_eq!(world.take_hashes(), (0, 1));
        assert!(world.sign_in(&email, "password").await.is_ok(), "{text}");
        assert_eq!(world.take_hashes(), (1, 1));
        let replaced = world.find(id).password_hash.unwrap();
        assert!(replaced.as_phc().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{text}");
        assert!(world.sign_in(&email, "password").await.is_ok(), "{text}");
        assert_eq!(why(world.sign_in(&email, "Password").await), "WrongCredentials", "{text}");
        assert_eq!(world.take_hashes(), (0, 2));
    }
}

#[tokio::test]
async fn a_pasted_space_does_not_become_part_of_the_password() {
    let world = World::new();
    for (number, (text, is_replaced)) in [
        ("$wp$2y$04$abcdefghijklmnopqrstuuvVcN26Qszf/bgHTEy5wqn1LFLMIFXUq", false),
        ("$P$5saltsalt.dw5Zgkxy7Q/ZvpQhE5iw0", false),
        // Of " password\u{A0}" in NFKC: here the spaces count.
        ("$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA$Wd+82cgyKY/z++5CpbdpiqPGNYyBNeieEJmdwu9Uc+E", true),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("john{number}@acme.com");
        let hash = PasswordHash::parse_imported(text).unwrap();
        let account = Account { password_hash: Some(hash.clone()), ..world.draft_account(&email, PASSWORD).await };
        let id = world.insert(account).await.id;
        assert!(world.sign_in(&email, " password\u{A0}").await.is_ok(), "{text}");
        assert_eq!(world.find(id).password_hash != Some(hash), is_replaced, "{text}");
        let without = world.sign_in(&email, "password").await;
        assert_eq!(without.is_ok(), !is_replaced, "{text}");
        assert!(world.find(id).password_hash.unwrap().as_phc().starts_with("$argon2id$"), "{text}");
    }
}

#[tokio::test]
async fn a_hash_beyond_the_bounds_is_never_right_and_costs_a_dummy() {
    let world = World::new();
    for (number, text) in [
        "$2b$15$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        "$scrypt$ln=30,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
        "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(PasswordHash::parse_imported(text).is_err());
        let email = format!("john{number}@acme.com");
        let hash = Some(PasswordHash::from_phc(text.to_owned()));
        let account = Account { password_hash: hash, ..world.draft_account(&email, PASSWORD).await };
        world.insert(account).await;
        assert_eq!(why(world.sign_in(&email, "password").await), "WrongCredentials", "{text}");
        assert_eq!(world.take_hashes(), (0, 1));
    }
}
