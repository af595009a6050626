//! The service: reads the configuration, joins the adapters, serves.

mod admin;
mod assemble;
mod audit_log;
mod bounce;
mod command_line;
mod config;
mod error;
mod housekeeping;
mod locations;
mod logging;
mod mail;
mod output;
mod pages;
mod priority;
mod providers;
mod secret_text;
mod serve;
mod signals;
mod terminal;
mod traces;
mod transfer;
mod translations;
mod webhooks;
mod worker_log;

use std::path::Path;
use std::process::ExitCode;

use account_core::AccountService;
use clap::Parser;

use assemble::Foundation;
use command_line::{
    Command, CommandLine, ConfigCommand, MailCommand, Openapi, PagesCommand, ProvidersCommand, Serve, WebhooksCommand,
};
use config::Config;
use error::CommandError;
use locations::Locations;
use output::{print, print_error};
use tokio_util::sync::CancellationToken;
use traces::Exporting;

/// Gives memory back that is no longer needed. The C library's allocator keeps it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        // Arguments can be fixed while the report waits, like anything else.
        Err(error) if error.use_stderr() && bounce::is_meant(std::env::args_os()) => {
            // If printing fails, nobody is reading.
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
    let file = line.config.as_deref();
    match line.command.unwrap_or(Command::Serve(Serve::default())) {
        Command::Serve(Serve { no_worker }) => run_logged(file, async |config| serve::serve(config, !no_worker).await),
        Command::Worker => run_logged(file, serve::work),
        Command::Migrate => run_logged(file, migrate),
        Command::Openapi(which) => show(&openapi(&which)),
        Command::Mail(MailCommand::Doctor(options)) => {
            run_logged(file, async |config| mail::doctor(config, &options).await)
        }
        Command::Mail(MailCommand::Templates(options)) => mail::export_templates(&options),
        Command::Pages(PagesCommand::Templates(options)) => pages::export_templates(&options),
        Command::Mail(MailCommand::Bounce(bounce)) => {
            run_on_service(file, async |service, _| bounce::take_in(service, &bounce).await)
        }
        Command::Webhooks(WebhooksCommand::Test(options)) => {
            run_logged(file, async |config| webhooks::test(config, &options).await)
        }
        Command::Providers(ProvidersCommand::Check(options)) => {
            run_logged(file, async |config| providers::check(config, &options).await)
        }
        Command::Admin(command) => run_on_service(file, async |service, config| {
            admin::admin(service, config.http.password_policy, &command).await
        }),
        Command::Import(options) => run_on_service(file, async |service, _| transfer::import(service, &options).await),
        Command::Export(options) => run_on_service(file, async |service, _| transfer::export(service, &options).await),
        Command::Housekeeping(options) => run_on_service(file, async |service, _| {
            housekeeping::command(&service.housekeeping(), options.dry_run).await
        }),
        Command::Translations(options) => translations::export(&options),
        Command::Config(ConfigCommand::Check) => check(&Config::load(file)?),
        Command::Config(ConfigCommand::Example) => show(&config::example()),
        Command::Config(ConfigCommand::Reference) => show(&config::reference()),
    }
}

/// Runs a command that only prints.
#[expect(clippy::unnecessary_wraps, reason = "it answers as every command does")]
fn show(text: &str) -> Result<(), CommandError> {
    print(text);
    Ok(())
}

/// Shows the configuration, if the files that it names can be used.
fn check(config: &Config) -> Result<(), CommandError> {
    Locations::open(&config.geo)?;
    show(&config::report(config))
}

/// Runs a command that logs and waits, with the effective configuration.
fn run_logged(
    file: Option<&Path>,
    command: impl AsyncFnOnce(&Config) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let config = Config::load(file)?;
    let runtime = tokio::runtime::Runtime::new().map_err(CommandError::system("cannot start threads"))?;
    let begin = |traces| Exporting::begin(traces, runtime.handle().clone());
    let exporting = config.traces.as_ref().map(begin).transpose()?;
    logging::start(&config.log, exporting.as_ref())?;
    for variable in &config.left_alone {
        tracing::debug!(variable, "not a setting: the platform sets it");
    }
    let outcome = runtime.block_on(command(&config));
    // While the runtime can still send the last spans.
    drop(exporting);
    // What still runs on it, such as looking up the name of a database that does not answer, ends with the process.
    runtime.shutdown_background();
    outcome
}

/// Runs a command on the service's store, possibly while the service runs.
fn run_on_service(
    file: Option<&Path>,
    command: impl AsyncFnOnce(&AccountService, &Config) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    run_logged(file, async |config| {
        let foundation = Foundation::open(config, &CancellationToken::new()).await?;
        let service = foundation.service(config, &config.public_url(config.http.bind))?;
        let outcome = command(&service, config).await;
        drop(service);
        foundation.store.close().await.map_err(CommandError::Close)?;
        outcome
    })
}

async fn migrate(config: &Config) -> Result<(), CommandError> {
    let store = assemble::open_store(config, &CancellationToken::new()).await?;
    store.close().await.map_err(CommandError::Close)?;
    show("The database is up to date.\n")
}

fn openapi(which: &Openapi) -> String {
    if which.list {
        account_http::document_names().flat_map(|api| [api, "\n"]).collect()
    } else {
        let document = account_http::openapi_document(&which.api).unwrap_or_default();
        if which.limit_differences {
            let differences = account_http::limit_differences(&which.api, &document);
            return differences.into_iter().map(|difference| difference + "\n").collect();
        }
        document
    }
}
