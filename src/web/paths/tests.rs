//! Links, patterns, and where nobody is sent.

use super::*;

#[test]
fn next_stays_on_this_origin_e1() {
    let elsewhere = [
        "//evil",
        "/\\evil",
        "/%5cevil",
        "/%5Cevil",
        "/%09/evil",
        "https:evil",
        "https://evil",
        "/%2f%2fevil",
        "/%2F/evil",
        "javascript:alert(1)",
        "@evil",
        "",
        "evil",
        "/a\r\nSet-Cookie: b",
        "/\tevil",
        "/ evil",
        "/.//evil",
        "///evil",
        "/é",
        "?next",
        "#",
    ];
    for next in elsewhere {
        assert_eq!(safe_next(next), APPS, "{next:?}");
    }
    assert_eq!(safe_next(&format!("/{}", "a".repeat(4096))), APPS);
}

#[test]
fn a_form_that_answers_no_get_leads_to_its_page() {
    for (form, page) in [
        ("/apps/ledger/manage/members", "/apps/ledger/manage"),
        ("/groups/sales/members", "/groups/sales"),
        ("/account/password", "/account"),
        ("/admin/groups/sales/members", "/admin/groups/sales/members"),
        ("/groups/members", "/groups/members"),
        ("/apps", "/apps"),
    ] {
        assert_eq!(page_of(form), page);
    }
}

#[test]
fn next_leads_to_any_page_of_the_panel() {
    for next in
        ["/", "/apps", "/apps/ledger/open", "/admin/users?q=a%40b&page=2", "/groups/a%20b", "/a?u=https://b"]
    {
        assert_eq!(safe_next(next), next);
    }
}

#[test]
fn a_path_makes_a_link_and_a_pattern() {
    assert_eq!([&app_open("sales"), "/apps/sales/open?x=1"].map(opened_app), [Some("sales"); 2]);
    assert_eq!(["/apps", "/apps/sales/manage", "/appsopen"].map(opened_app), [None; 3]);
    assert_eq!(member_remove(&group("sales"), 7), "/groups/sales/members/7/remove");
    assert_eq!(member_remove(&app_manage("{slug}"), "{id}"), "/apps/{slug}/manage/members/{id}/remove");
    assert_eq!(sign_in("/apps/a/open?x=1&y"), "/sign-in?next=%2Fapps%2Fa%2Fopen%3Fx%3D1%26y");
    assert_eq!(sign_in("/apps"), "/sign-in");
    assert_eq!(with_query(APPS, &[("q", "time sheets"), ("show", "")]), "/apps?q=time+sheets");
    assert_eq!(with_query(APPS, &[("q", "")]), APPS);
}

#[test]
fn whatever_lies_below_a_link_leads_back_to_it() {
    let below = [invitation("abc"), invitation_code("abc"), invitation_decline("abc")];
    for path in below {
        assert_eq!(invitation_of(&path), Some(invitation("abc")));
    }
    assert_eq!(["/admin/invitations/abc", "/invitations", "/apps"].map(invitation_of), [None, None, None]);
}
