//! The service: reads the configuration, joins the adapters, serves.

mod assemble;
mod command_line;
mod config;
mod error;
mod logging;
mod master_key;
mod output;
mod ports;
mod serve;
mod signals;
mod worker;

use std::process::ExitCode;

use clap::Parser;

use command_line::{Command, CommandLine, ConfigCommand, Openapi, Serve};
use config::Config;
use error::CommandError;
use output::{print, print_error};

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(line: CommandLine) -> Result<(), CommandError> {
    let load = || Config::load(line.config.as_deref());
    match line.command.unwrap_or(Command::Serve(Serve::default())) {
        Command::Serve(Serve { no_worker }) => {
            let config = load()?;
            stay(&config, serve::serve(&config, !no_worker))
        }
        Command::Worker => {
            let config = load()?;
            stay(&config, serve::work(&config))
        }
        Command::Migrate => {
            let config = load()?;
            stay(&config, migrate(&config))
        }
        Command::Openapi(which) => {
            print(&openapi(&which));
            Ok(())
        }
        Command::Config(ConfigCommand::Check) => {
            print(&config::report(&load()?));
            Ok(())
        }
        Command::Config(ConfigCommand::Example) => {
            print(&config::example());
            Ok(())
        }
    }
}

/// Runs a command that logs and waits.
fn stay(config: &Config, command: impl Future<Output = Result<(), CommandError>>) -> Result<(), CommandError> {
    logging::start(&config.log)?;
    let runtime = tokio::runtime::Runtime::new().map_err(CommandError::system("no threads can be had"))?;
    runtime.block_on(command)
}

async fn migrate(config: &Config) -> Result<(), CommandError> {
    let store = assemble::open_store(config).await?;
    store.close().await.map_err(CommandError::Close)?;
    print("The database is up to date.\n");
    Ok(())
}

fn openapi(which: &Openapi) -> String {
    if which.list {
        account_http::SURFACES.map(|surface| format!("{surface}\n")).concat()
    } else {
        account_http::openapi_document(&which.surface).unwrap_or_default()
    }
}
