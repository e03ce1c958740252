//! Finds libtocsin: in the folder that TOCSIN_LIB_DIR names, or else by pkg-config.

use std::env;
use std::path::Path;
use std::process::{Command, exit};

/// What an archive of the library needs besides, where pkg-config is not there to say it.
const NEEDED_BY_ARCHIVE: [&str; 4] = ["sqlite3", "crypto", "utf8proc", "m"];

fn main() {
    for name in ["TOCSIN_LIB_DIR", "PKG_CONFIG", "PKG_CONFIG_PATH"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    // A machine that only makes the documentation links nothing.
    if env::var_os("DOCS_RS").is_some() {
        return;
    }
    let archive = env::var_os("CARGO_FEATURE_STATIC").is_some();
    let found = match env::var("TOCSIN_LIB_DIR") {
        Ok(folder) => in_folder(Path::new(&folder), archive),
        Err(_) => by_pkg_config(archive),
    };
    if let Err(problem) = found {
        eprintln!("tocsin-sys: {problem}");
        exit(1);
    }
}

fn in_folder(folder: &Path, archive: bool) -> Result<(), String> {
    let names: &[&str] = match archive {
        true => &["libtocsin.a", "tocsin.lib"],
        false => &["libtocsin.so", "libtocsin.dylib", "tocsin.lib"],
    };
    if !names.iter().any(|name| folder.join(name).is_file()) {
        return Err(format!("TOCSIN_LIB_DIR is {}, but there is no {} in it", folder.display(), names.join(" or ")));
    }
    println!("cargo:rustc-link-search=native={}", folder.display());
    if archive {
        println!("cargo:rustc-link-lib=static=tocsin");
        let apple = env::var("CARGO_CFG_TARGET_VENDOR").is_ok_and(|vendor| vendor == "apple");
        for name in NEEDED_BY_ARCHIVE.into_iter().chain([if apple { "c++" } else { "stdc++" }]) {
            println!("cargo:rustc-link-lib={name}");
        }
    } else {
        println!("cargo:rustc-link-lib=dylib=tocsin");
    }
    println!("cargo:lib_dir={}", folder.display());
    Ok(())
}

fn by_pkg_config(archive: bool) -> Result<(), String> {
    let tool = env::var("PKG_CONFIG").unwrap_or_else(|_| "pkg-config".into());
    let mut question = Command::new(&tool);
    question.args(["--libs", concat!("tocsin >= ", env!("CARGO_PKG_VERSION"))]);
    if archive {
        question.arg("--static");
    }
    let advice = "install Tocsin, or say by TOCSIN_LIB_DIR in which folder libtocsin is";
    let answer =
        question.output().map_err(|problem| format!("{tool} could not be asked for tocsin ({problem}); {advice}"))?;
    if !answer.status.success() {
        let said = String::from_utf8_lossy(&answer.stderr);
        return Err(format!("{tool} does not know tocsin; {advice}\n{}", said.trim()));
    }
    for word in String::from_utf8_lossy(&answer.stdout).split_whitespace() {
        if let Some(folder) = word.strip_prefix("-L") {
            println!("cargo:rustc-link-search=native={folder}");
        } else if let Some(name) = word.strip_prefix("-l") {
            let kind = if archive && name == "tocsin" { "static=" } else { "" };
            println!("cargo:rustc-link-lib={kind}{name}");
        }
    }
    Ok(())
}
