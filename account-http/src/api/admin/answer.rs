//! What operations for administrators answer, and how they read what several of them take.

use std::str::FromStr;

use account_core::account::{OrganizationRole, Role};
use account_core::input::Input;
use account_core::violation::{Field, Rule, Violation, Violations};
use poem_openapi::ApiResponse;
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;

use crate::problem::{Problem, ProblemKind};

/// Declares the problems that an operation can return: those named, and those of every operation of its kind.
/// `reading` changes nothing, `writing` changes something, `taking` does so by what a body says.
macro_rules! admin_problems {
    ($($(#[$doc:meta])* $name:ident: $of:ident $(, $kind:ident)*;)+) => {
        $(admin_problems! { @$of $(#[$doc])* $name $(, $kind)* })+
    };
    (@reading $(#[$doc:meta])* $name:ident $(, $kind:ident)*) => {
        $crate::problem::problem_set! {
            $(#[$doc])*
            $name: Unauthenticated, EmailUnverified, DeletionPending, Forbidden, Internal, Unavailable $(, $kind)*;
        }
    };
    (@writing $(#[$doc:meta])* $name:ident $(, $kind:ident)*) => {
        admin_problems! { @reading $(#[$doc])* $name, CrossSite $(, $kind)* }
    };
    (@taking $(#[$doc:meta])* $name:ident $(, $kind:ident)*) => {
        admin_problems! {
            @writing $(#[$doc])*
            $name, MalformedBody, RequestTimeout, BodyTooLarge, UnsupportedMediaType, UnknownMember, Invalid $(, $kind)*
        }
    };
}
pub(super) use admin_problems;

/// Declares a part of a list.
macro_rules! list_body {
    ($(#[$doc:meta])* $name:ident($schema:literal): $item:ty, $order:literal) => {
        $(#[$doc])*
        #[derive(poem_openapi::Object)]
        #[oai(rename = $schema, skip_serializing_if_is_none)]
        pub(super) struct $name {
            #[doc = $order]
            items: Vec<$item>,
            /// Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
            next_cursor: Option<String>,
        }

        impl<T> From<account_core::paging::Page<T>> for $name
        where
            $item: From<T>,
        {
            fn from(page: account_core::paging::Page<T>) -> Self {
                Self { items: page.items.into_iter().map(Into::into).collect(), next_cursor: page.next }
            }
        }
    };
}
pub(super) use list_body;

admin_problems! {
    /// Problems that listing can return.
    ListProblems: reading, InvalidCursor, InvalidQuery;
    /// Problems that reading one item can return.
    ReadProblems: reading, NotFound;
}

/// What reading answers.
#[derive(ApiResponse)]
pub(super) enum Found<T: ToJSON> {
    /// The request.
    #[oai(status = 200)]
    Found(Json<T>),
}

/// What reading and changing something answers that has a version.
#[derive(ApiResponse)]
pub(super) enum Versioned<T: ToJSON> {
    /// The current state.
    #[oai(status = 200)]
    Found(
        Json<T>,
        /// The version of the resource; send it as `If-Match` with a change.
        #[oai(header = "ETag")]
        String,
    ),
}

/// What making something answers.
#[derive(ApiResponse)]
pub(super) enum Created<T: ToJSON> {
    /// It was created.
    #[oai(status = 201)]
    Created(
        Json<T>,
        /// The URL of the new resource.
        #[oai(header = "Location")]
        String,
    ),
}

/// What is answered when there is nothing more to say.
#[derive(ApiResponse)]
pub(super) enum Done {
    /// Done.
    #[oai(status = 204)]
    Done,
}

/// The answer with something that was made, at that path below the administrators' own.
pub(super) fn created<T: ToJSON>(path: &str, id: &str, body: T) -> Created<T> {
    Created::Created(Json(body), format!("/account/v1/admin/{path}/{id}"))
}

/// An id out of a path. One of another form is one of nothing.
pub(super) fn id_of<I: FromStr>(text: &str) -> Result<I, Problem> {
    text.parse().map_err(|_| Problem::new(ProblemKind::NotFound))
}

/// The role that a body names.
pub(super) fn role(input: Input) -> Result<Role, Problem> {
    named(Field::Role, input, Role::by_name)
}

/// The role within an organization that a body names.
pub(super) fn organization_role(input: Input) -> Result<OrganizationRole, Problem> {
    named(Field::Role, input, OrganizationRole::by_name)
}

fn named<T>(field: Field, input: Input, by_name: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    let broken = match input {
        Input::Absent => Rule::Required,
        Input::Mistyped => Rule::MustBeText,
        Input::Given(name) => match by_name(&name) {
            Some(value) => return Ok(value),
            None => Rule::Unknown,
        },
    };
    Err(Violations::from(Violation::new(field, broken)).into())
}
