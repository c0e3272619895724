//! Lists the logos of the catalogue's apps, so that they are part of the program; and rebuilds it when a template,
//! a text or a static file is added.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    for folder in ["static", "locales", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let folder = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("static/img/logos");
    let mut list = String::from("&[\n");
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "svg")) {
        let name = path.file_name().unwrap_or_default().display();
        writeln!(list, "(\"logos/{name}\", include_bytes!({:?})),", path.display().to_string())
            .map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("logos.rs"), list)
}
