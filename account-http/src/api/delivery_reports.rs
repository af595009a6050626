//! `/account/v1/delivery-reports`: emails that came back.

use account_core::AccountService;
use account_core::outbox::bounce::{HandedIn, Reported};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::tag::Tag;
use crate::body::mail::MailBody;
use crate::caller::reporter::ReportCaller;
use crate::problem::{Problems, answers, problem_set};

/// Taking in reports of mail servers.
pub(crate) struct DeliveryReportsApi {
    pub(super) service: AccountService,
}

/// Outcome of a report.
#[derive(Object)]
#[oai(rename = "DeliveryReportTaken")]
struct TakenBody {
    /// Emails that it marks as bounced.
    marked: u32,
    /// Entries that change nothing: delays, deliveries, unknown emails and ones that are already marked.
    ignored: u32,
}

impl From<Vec<HandedIn>> for TakenBody {
    fn from(handed_in: Vec<HandedIn>) -> Self {
        handed_in.iter().fold(Self { marked: 0, ignored: 0 }, |counts, entry| match entry.outcome {
            Reported::Marked => Self { marked: counts.marked + 1, ..counts },
            Reported::Ignored => Self { ignored: counts.ignored + 1, ..counts },
        })
    }
}

answers! {
    /// The report was read; both counts are 0 when it is about none of our mails.
    TakenResponse: 202 Json<TakenBody>;
}

problem_set! {
    /// Problems that submitting a report can return.
    ReportProblems: MalformedBody, Unauthenticated, NotFound, RequestTimeout, ReportTooLarge, UnsupportedMediaType,
    NotAReport, RateLimited, Internal, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Operations")]
impl DeliveryReportsApi {
    /// Submit a delivery report
    ///
    /// A delivery report from a mail server (RFC 3464), up to 1 MiB. An email that failed is marked as bounced: the
    /// person who waits for it is told, and no further verification email goes to that registration. Answers 404 if no
    /// token is configured.
    #[oai(path = "/delivery-reports", method = "post", operation_id = "handInDeliveryReport")]
    async fn hand_in(&self, caller: ReportCaller, mail: MailBody) -> Result<TakenResponse, Problems<ReportProblems>> {
        let handed_in = self.service.hand_in_report(&caller.may, &mail.0, &caller.context).await?;
        Ok(TakenResponse::Is(Json(handed_in.into())))
    }
}
