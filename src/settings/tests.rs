use super::*;

fn refusal(pairs: &[(&str, &str)]) -> SettingError {
    Settings::from_pairs(pairs).expect_err("refused")
}

#[test]
fn the_defaults_serve_on_loopback_with_sqlite() {
    let settings = Settings::from_pairs(&[]).unwrap();
    assert_eq!(settings.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.public_url(settings.bind).origin(), "http://127.0.0.1:8080");
    assert_eq!(settings.database_url.to_string(), "sqlite:data/vestibule.db");
    assert_eq!(settings.secret_key_file, Path::new("data/secret.key"));
    assert_eq!(settings.mail_dir(), Path::new("data/mail"));
    assert!(settings.smtp_url.is_none());
}

#[test]
fn the_public_url_follows_the_port_that_was_bound() {
    let settings = Settings::from_pairs(&[("bind", "127.0.0.1:0")]).unwrap();
    let bound = "127.0.0.1:49152".parse().unwrap();
    assert_eq!(settings.public_url(bound).join("/apps"), "http://127.0.0.1:49152/apps");
    assert_eq!(settings.public_url("[::1]:81".parse().unwrap()).origin(), "http://[::1]:81");
}

#[test]
fn the_environment_wins_over_the_file() {
    let figment =
        Figment::from(Toml::string("bind = \"127.0.0.1:1\"\nlog = \"warn\"")).merge(("bind", "127.0.0.1:2"));
    let settings = Settings::read(&figment).unwrap();
    assert_eq!(settings.bind.port(), 2);
    assert_eq!(settings.log, "warn");
}

#[test]
fn an_unknown_key_is_named() {
    let refused = refusal(&[("publik_url", "https://access.example.org")]);
    assert_eq!(refused.setting, "publik_url");
    assert!(refused.to_string().contains("VESTIBULE_PUBLIK_URL"), "{refused}");
    assert!(refused.reason.contains("public_url"), "{refused}");
}

#[test]
fn a_value_of_the_wrong_type_names_its_setting() {
    let figment = Figment::from(Toml::string("bind = 8080"));
    assert_eq!(Settings::read(&figment).unwrap_err().setting, "bind");
}

#[test]
fn a_variable_is_a_text_and_an_empty_one_is_none() {
    let variables =
        [("data_dir", "2026"), ("log", "true"), ("smtp_url", ""), ("workers", "3"), ("bind", " ")];
    let figment = variables.iter().fold(Figment::new(), |f, (key, value)| with_variable(f, key, value));
    // What is no level is refused as one, and not as a boolean.
    assert!(Settings::read(&figment).unwrap_err().reason.contains("a level is off, error"));
    let settings = Settings::read(&with_variable(figment, "log", "warn")).unwrap();
    assert_eq!((settings.data_dir.as_path(), settings.sizes.workers), (Path::new("2026"), 3));
    assert!(settings.smtp_url.is_none() && settings.bind == DEFAULT_BIND);
    let proxies = with_variable(Figment::new(), "trusted_proxies", "10.0.0.1, 10.1.0.0/16");
    assert!(Settings::read(&proxies).is_ok());
}

#[test]
fn a_refusal_is_in_the_operators_words() {
    for (setting, value, told) in [
        ("bind", "localhost:8080", "an IP address and a port"),
        ("public_url", "access.example.org", "must begin with https://"),
        ("public_url", "localhost:8080", "must begin with https://"),
        ("mail_from", "not an address", "write an address"),
    ] {
        let refused = refusal(&[(setting, value)]).to_string();
        assert!(refused.contains(told), "{refused}");
    }
    let figment = Figment::from(Toml::string("trusted_proxies = 10"));
    let refused = Settings::read(&figment).unwrap_err().to_string();
    assert!(refused.contains("neither a text nor a list"), "{refused}");
}

#[test]
fn each_bad_value_names_its_setting() {
    let bad = [
        ("bind", "localhost"),
        ("bind", ""),
        ("internal_bind", "9090"),
        ("database_url", "mysql://db/vestibule"),
        ("database_url", "vestibule.db"),
        ("database_url", "sqlite:"),
        ("database_url", ""),
        ("data_dir", ""),
        ("secret_key_file", " "),
        ("smtp_url", "http://mail.example.org"),
        ("smtp_url", "mail.example.org:25"),
        ("smtp_url", "smtp://"),
        ("mail_from", "not an address"),
        ("trusted_proxies", "10.0.0.0/8, proxy"),
        ("log", "loud"),
        ("log", "vestibule=loud"),
        ("public_url", "access.example.org"),
        ("public_url", "ftp://access.example.org"),
        ("public_url", "http://access.example.org"),
        ("public_url", "https://access.example.org/panel"),
        ("public_url", "https://user@access.example.org"),
        ("public_url", "https://access.example.org/?a=b"),
    ];
    for (setting, value) in bad {
        assert_eq!(refusal(&[(setting, value)]).setting, setting, "{value}");
    }
}

#[test]
fn sizes_are_within_reason() {
    for setting in ["workers", "connections"] {
        let figment = Figment::from(Toml::string(&format!("{setting} = 0")));
        assert_eq!(Settings::read(&figment).unwrap_err().setting, setting);
    }
    let server = Settings::from_pairs(&[("database_url", "postgres://panel@127.0.0.1/panel")]).unwrap();
    let Sizes { reading, writing, connections, .. } = server.sizes;
    assert!(connections as usize >= reading + writing, "nobody who has a turn waits for a connection");
}

#[test]
fn a_panel_that_others_reach_needs_its_public_url() {
    assert_eq!(refusal(&[("bind", "0.0.0.0:8080")]).setting, "public_url");
    let told = [("bind", "0.0.0.0:8080"), ("public_url", "https://access.example.org/")];
    let public = Settings::from_pairs(&told).unwrap().public_url("0.0.0.0:8080".parse().unwrap());
    assert_eq!((public.origin(), public.host()), ("https://access.example.org", "access.example.org"));
    assert!(public.is_https() && !public.is_loopback());
}

#[test]
fn a_relay_needs_a_sender() {
    assert_eq!(refusal(&[("smtp_url", "smtp://mail.example.org")]).setting, "mail_from");
    let told = [("smtp_url", "smtps://mail.example.org"), ("mail_from", "Access <access@example.org>")];
    assert!(Settings::from_pairs(&told).unwrap().smtp_url.is_some());
}

#[test]
fn a_refusal_keeps_the_password_of_the_database_to_itself() {
    let refused = refusal(&[("database_url", "mysql://vestibule:hunter2@db/vestibule")]);
    assert!(!refused.to_string().contains("hunter2"), "{refused}");
}

#[test]
fn a_file_that_is_no_toml_is_told_by_its_place_and_not_by_its_password() {
    let path = std::env::temp_dir().join(format!("vestibule-settings-{:016x}.toml", rand::random::<u64>()));
    for line in ["smtp_url = \"smtp://panel:hunter2@mail.example.org", "smtp_url = smtp://panel:hunter2@mail"]
    {
        std::fs::write(&path, format!("{line}\nbind = \"127.0.0.1:8080\"\n")).unwrap();
        let refused = Settings::load(Some(&path)).unwrap_err();
        assert!(refused.reason.starts_with(&format!("{}: line 1, column ", path.display())), "{refused}");
        assert!(refused.to_string().starts_with("the settings: "), "nobody gave --config: {refused}");
        assert!(!refused.reason.contains("hunter2") && !refused.reason.contains('\n'), "{refused}");
    }
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn a_named_file_must_exist() {
    let refused = Settings::load(Some(Path::new("/nowhere/vestibule.toml"))).unwrap_err();
    assert!(refused.reason.contains("/nowhere/vestibule.toml"), "{refused}");
}
