//! The text on the terminal when the service is ready.

use std::net::SocketAddr;

use account_http::settings::PublicUrl;

use crate::config::{Config, Transport};
use crate::output::print;

/// Prints once, on standard output, where everything is.
pub(super) fn greet(config: &Config, address: SocketAddr, public_url: &PublicUrl, has_worker: bool) {
    tracing::info!(event = "ready", %address, %public_url);
    print(&greeting(config, address, public_url, has_worker));
}

fn greeting(config: &Config, address: SocketAddr, public_url: &PublicUrl, has_worker: bool) -> String {
    let (mails, next) = mails(config, has_worker);
    let start = if config.is_development(public_url) {
        format!("Start page {public_url}/authenticate/development\n  ")
    } else {
        String::new()
    };
    let database = config.store.place();
    format!(
        "\n\
         Account registration is ready at {address}.\n\
         \n  \
           {start}Pages      {public_url}/authenticate/register\n  \
           API docs   {public_url}/docs\n  \
           OpenAPI    {public_url}/openapi.json\n  \
           Emails     {mails}\n  \
           Database   {database}\n\
         \n\
         To register an account:\n\
         \n  \
           curl -i {public_url}/account/v1/registrations -H 'Content-Type: application/json' \\\n    \
             -d '{{\"email\": \"john@acme.com\", \"password\": \"velvet lantern gravel orchid\"}}'\n\
         \n\
         {next}\n\
         Ctrl-C stops the service.\n\n"
    )
}

/// Returns where emails go, and where to find the one of the registration.
fn mails(config: &Config, has_worker: bool) -> (String, String) {
    let (place, found) = match &config.mail.transport {
        Transport::File(directory) => {
            let directory = absolute(directory);
            let found =
                format!("The email is written to {directory} as a file that ends in .eml:\nopen the link in it.");
            (format!("{directory}/*.eml"), found)
        }
        Transport::Smtp(server) => {
            (format!("sent through {}", server.server()), "The email with the link is sent to that address.".to_owned())
        }
    };
    if has_worker {
        (place, found)
    } else {
        (place, format!("{found}\nThis requires a running `account-http worker`."))
    }
}

/// The absolute path, because people may look for the file from another directory.
fn absolute(path: &std::path::Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
