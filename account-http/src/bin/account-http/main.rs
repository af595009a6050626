//! The service: reads the configuration, joins the adapters, serves.

mod admin;
mod assemble;
mod audit_log;
mod bounce;
mod command_line;
mod config;
mod error;
mod housekeeping;
mod logging;
mod mail;
mod output;
mod serve;
mod signals;
mod traces;
mod transfer;
mod webhooks;
mod worker_log;

use std::process::ExitCode;

use account_core::AccountService;
use clap::Parser;

use assemble::Foundation;
use command_line::{Command, CommandLine, ConfigCommand, MailCommand, Openapi, Serve, WebhooksCommand};
use config::Config;
use error::CommandError;
use output::{print, print_error};
use traces::Exporting;

fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        // Arguments can be fixed while the report waits, like anything else.
        Err(error) if error.use_stderr() && bounce::is_meant(std::env::args_os()) => {
            // It is for people to read: where that fails, nobody is there.
            let _ = error.print();
            return bounce::TRY_LATER.into();
        }
        Err(error) => error.exit(),
    };
    let is_told_to_mail_server = matches!(line.command, Some(Command::Mail(MailCommand::Bounce(_))));
    match run(line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            if is_told_to_mail_server { bounce::exit_status(&error).into() } else { ExitCode::FAILURE }
        }
    }
}

fn run(line: CommandLine) -> Result<(), CommandError> {
    let load = || Config::load(line.config.as_deref());
    match line.command.unwrap_or(Command::Serve(Serve::default())) {
        Command::Serve(Serve { no_worker }) => {
            let config = load()?;
            run_logged(&config, serve::serve(&config, !no_worker))
        }
        Command::Worker => {
            let config = load()?;
            run_logged(&config, serve::work(&config))
        }
        Command::Migrate => {
            let config = load()?;
            run_logged(&config, migrate(&config))
        }
        Command::Openapi(which) => {
            print(&openapi(&which));
            Ok(())
        }
        Command::Mail(MailCommand::Doctor(options)) => {
            let config = load()?;
            run_logged(&config, mail::doctor(&config, &options))
        }
        Command::Mail(MailCommand::Templates(options)) => mail::export_templates(&options),
        Command::Webhooks(WebhooksCommand::Test(options)) => {
            let config = load()?;
            run_logged(&config, webhooks::test(&config, &options))
        }
        Command::Admin(command) => {
            let config = load()?;
            run_logged(
                &config,
                work_on(&config, async |service| admin::admin(service, config.http.password_policy, &command).await),
            )
        }
        Command::Import(options) => {
            let config = load()?;
            run_logged(&config, work_on(&config, async |service| transfer::import(service, &options).await))
        }
        Command::Export(options) => {
            let config = load()?;
            run_logged(&config, work_on(&config, async |service| transfer::export(service, &options).await))
        }
        Command::Mail(MailCommand::Bounce(bounce)) => {
            let config = load()?;
            run_logged(&config, work_on(&config, async |service| bounce::take_in(service, &bounce).await))
        }
        Command::Housekeeping(options) => {
            let config = load()?;
            let command =
                async |service: &AccountService| housekeeping::command(&service.housekeeping(), options.dry_run).await;
            run_logged(&config, work_on(&config, command))
        }
        Command::Config(ConfigCommand::Check) => {
            print(&config::report(&load()?));
            Ok(())
        }
        Command::Config(ConfigCommand::Example) => {
            print(&config::example());
            Ok(())
        }
        Command::Config(ConfigCommand::Reference) => {
            print(&config::reference());
            Ok(())
        }
    }
}

/// Runs a command that logs and waits.
fn run_logged(config: &Config, command: impl Future<Output = Result<(), CommandError>>) -> Result<(), CommandError> {
    let runtime = tokio::runtime::Runtime::new().map_err(CommandError::system("cannot start threads"))?;
    let begin = |traces| Exporting::begin(traces, runtime.handle().clone());
    let exporting = config.traces.as_ref().map(begin).transpose()?;
    logging::start(&config.log, exporting.as_ref())?;
    let outcome = runtime.block_on(command);
    // While there is a runtime to hand on what is left.
    drop(exporting);
    outcome
}

/// Runs a command on the service's store, beside a service that may be running.
async fn work_on(
    config: &Config,
    command: impl AsyncFnOnce(&AccountService) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let foundation = Foundation::open(config).await?;
    let service = foundation.service(config, &config.public_url(config.http.bind))?;
    let outcome = command(&service).await;
    drop(service);
    foundation.store.close().await.map_err(CommandError::Close)?;
    outcome
}

async fn migrate(config: &Config) -> Result<(), CommandError> {
    let store = assemble::open_store(config).await?;
    store.close().await.map_err(CommandError::Close)?;
    print("The database is up to date.\n");
    Ok(())
}

fn openapi(which: &Openapi) -> String {
    if which.list {
        account_http::document_names().flat_map(|surface| [surface, "\n"]).collect()
    } else {
        let document = account_http::openapi_document(&which.surface).unwrap_or_default();
        if which.limit_differences {
            let differences = account_http::limit_differences(&which.surface, &document);
            return differences.into_iter().map(|difference| difference + "\n").collect();
        }
        document
    }
}
