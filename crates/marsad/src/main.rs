//! What runs when somebody types `marsad`? Everything is in [`marsad::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    marsad::cli::main()
}
