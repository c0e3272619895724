//! The stylesheet, the script, the icon and the logos of well-known apps: compiled in, served under an address that
//! changes with their content, compressed once.

use std::sync::{LazyLock, OnceLock};

use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::compression::{smallest, takes_brotli};

struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    url: OnceLock<String>,
    brotli: OnceLock<Vec<u8>>,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let logos: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/logos.rs"));
    let mut assets = vec![
        asset("panel.css", "text/css; charset=utf-8", include_bytes!("../../static/css/panel.css")),
        asset("panel.js", "text/javascript; charset=utf-8", include_bytes!("../../static/js/panel.js")),
        asset("icon.svg", "image/svg+xml", include_bytes!("../../static/img/icon.svg")),
    ];
    assets.extend(logos.iter().map(|(name, bytes)| asset(name, "image/svg+xml", bytes)));
    assets
});

const fn asset(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Asset {
    Asset { name, content_type, bytes, url: OnceLock::new(), brotli: OnceLock::new() }
}

/// The address of a static file, with the hash of its content; empty for a name that does not exist. The logo of
/// an app of the catalogue is `logos/salesforce.svg`.
#[must_use]
pub fn url(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", Asset::url)
}

/// `GET /static/{hash}/{name}`
pub fn routes(config: &mut ServiceConfig) {
    config.route("/static/{hash}/{name:.+}", web::get().to(show));
}

async fn show(request: HttpRequest) -> HttpResponse {
    let name = request.match_info().query("name");
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return HttpResponse::NotFound().finish();
    };
    // During an upgrade the page of one version asks an instance of another for its files.
    let kept = if asset.url() == request.path() { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, asset.content_type))
        .insert_header((header::CACHE_CONTROL, kept))
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if !takes_brotli(request.headers()) {
        return response.body(asset.bytes);
    }
    response.insert_header((header::CONTENT_ENCODING, "br")).body(asset.brotli())
}

impl Asset {
    fn url(&self) -> &str {
        self.url.get_or_init(|| {
            let hash = Sha256::digest(self.bytes)
                .iter()
                .take(8)
                .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
            format!("/static/{hash:016x}/{}", self.name)
        })
    }

    fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| smallest(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, test};

    use super::{ASSETS, routes, smallest, url};

    #[test]
    async fn a_file_is_served_for_ever_under_the_hash_of_its_content() {
        let app = test::init_service(App::new().configure(routes)).await;
        let request =
            test::TestRequest::get().uri(url("panel.css")).insert_header(("accept-encoding", "gzip, br"));
        let answer = test::call_service(&app, request.to_request()).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers().get("content-type").unwrap(), "text/css; charset=utf-8");
        assert_eq!(answer.headers().get("content-encoding").unwrap(), "br");
        assert!(answer.headers().get("cache-control").unwrap().to_str().unwrap().contains("immutable"));
    }

    #[test]
    async fn without_brotli_it_comes_as_it_is() {
        let app = test::init_service(App::new().configure(routes)).await;
        for accepted in ["gzip", "br;q=0, gzip"] {
            let request =
                test::TestRequest::get().uri(url("panel.js")).insert_header(("accept-encoding", accepted));
            let answer = test::call_and_read_body(&app, request.to_request()).await;
            assert_eq!(answer, include_bytes!("../../static/js/panel.js").as_slice());
        }
    }

    #[test]
    async fn the_file_of_another_version_is_this_ones_and_not_kept() {
        let app = test::init_service(App::new().configure(routes)).await;
        let request = test::TestRequest::get().uri("/static/0000000000000000/panel.css");
        let answer = test::call_service(&app, request.to_request()).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers().get("cache-control").unwrap(), "no-store");
    }

    #[test]
    async fn other_names_do_not_exist() {
        let app = test::init_service(App::new().configure(routes)).await;
        for path in ["/static/0000000000000000/panel.cs", "/static/", "/static/x/../panel.css"] {
            let answer = test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
            assert_eq!(answer.status(), 404, "{path}");
        }
        assert_eq!(url("panel.cs"), "");
    }

    #[test]
    async fn the_catalogues_logos_are_there() {
        let app = test::init_service(App::new().configure(routes)).await;
        for entry in directory::catalogue::Catalogue::entries() {
            let address = url(&format!("logos/{}", entry.logo));
            let answer = test::call_service(&app, test::TestRequest::get().uri(address).to_request()).await;
            assert_eq!(answer.status(), 200, "{}", entry.logo);
            assert!(crate::web::icons::exists(&entry.glyph), "{}", entry.glyph);
        }
    }

    #[test]
    async fn the_files_keep_within_their_weight() {
        let weight =
            |name: &str| smallest(ASSETS.iter().find(|asset| asset.name == name).unwrap().bytes).len();
        assert!(weight("panel.css") <= 9 * 1024, "panel.css: {}", weight("panel.css"));
        assert!(weight("panel.js") <= 3 * 1024, "panel.js: {}", weight("panel.js"));
    }
}
