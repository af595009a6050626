# The console: the pages for administrators.

console-title = Console
console-open = Open the console
console-skip = Skip to content
console-pages = Pages
console-first = First page
console-next = Next page
console-search = Search
console-any = Any
console-optional = Optional.
console-save = Save
console-create = Create
console-delete = Delete
console-cancel = Cancel
console-one-a-line = One per line.
console-refused = Nothing was changed:
console-as-table = Show as a table
console-actions = Actions

## The parts of the console

console-dashboard = Dashboard
console-accounts = Accounts
console-invitations = Invitations
console-registrations = Registrations
console-outbox = Outbox
console-features = Feature flags
console-organizations = Organizations
console-clients = Clients
console-audit = Audit trail

## Names of values

console-id = ID
console-address = Email address
console-name = Name
console-username = Username
console-role = Role
console-state = State
console-organization = Organization
console-organization-id = Organization ID
console-organization-role = Role in the organization
console-account = Account
console-account-id = Account ID
console-country = Country
console-language = Language
console-time-zone = Time zone
console-created = Created
console-verified = Verified
console-disabled = Disabled
console-deletion-due = Will be deleted
console-expires = Expires
console-channel = Channel
console-client = Browser or app
console-signed-in = Signed in
console-last-used = Last used
console-agreed = Agreed to
console-client-address = IP address
console-code = Code
console-time = Time
console-event = Event
console-actor = By
console-detail = Detail
console-operator = Command line
console-service = Service
console-reason = Reason

## Roles and states

console-role-user = User
console-role-admin = Administrator
console-role-super-admin = Super admin
console-role-member = Member
console-role-organization-administrator = Administrator of the organization
console-state-active = Active
console-state-unverified = Unverified
console-state-deleting = Being deleted
console-state-disabled = Disabled
console-state-pending = Pending
console-state-expired = Expired
console-state-completed = Completed
console-state-taken = Address taken by its owner
console-state-void = No longer valid
console-state-accepted = Accepted
console-state-revoked = Revoked
console-state-queued = Waiting
console-state-sent = Sent
console-state-dropped = Dropped
console-state-dead = Dead letter
console-state-bounced = Bounced

## The password once more

console-password-title = Confirm your password
console-password-text = This action needs a password that was entered within the last five minutes.
console-password-button = Confirm and continue

## What was done

console-done-disabled = The account was disabled.
console-done-enabled = The account was enabled.
console-done-sessions = The sessions of the account were ended.
console-done-role = The role was changed.
console-done-deleted = Deleted.
console-done-mail = Another email is on its way if the registration is still pending.
console-done-invited = The invitation is on its way.
console-done-revoked = The invitation was revoked.
console-done-redriven = The entry was put back. It will be delivered now if it is still valid.
console-done-dropped = The entry was dropped.
console-done-saved = Your changes were saved.
console-done-member = The membership was saved.
console-done-member-removed = The account is no longer a member.

## Why something was not done

console-refused-closed = Registration is closed, so nobody can be invited.
console-refused-role = Your role does not allow this. You also cannot disable or delete your own account here.
console-refused-unverified = The address of the account is not verified.
console-refused-changed = Somebody else changed it in the meantime. The form shows what you entered next to what is saved now. Save again to overwrite it.
console-refused-registered = The address already has an account.
console-refused-invited = The address is already invited.
console-refused-code = Another organization has this code.
console-refused-client = Another client has this ID.
console-refused-not-empty = The organization still has members or clients.
console-refused-weak-password = The password of the account may be too weak for an administrator. Ask its owner to choose a new password first.
console-refused-last-super-admin = There must be at least one super admin.
console-refused-entry = The state of the entry does not allow this.
console-refused-invitation = The invitation has already ended.
console-refused-account-id = Enter the ID of an account. The page of the account shows it.
console-refused-feature = One of the domains or IDs, or the reason, is not valid.
console-refused-feature-organization = There is no organization with one of the IDs.

## Accounts

console-accounts-search = Address, name or username
console-accounts-search-hint = A part of it is enough. The ID of an account opens the account.
console-accounts-none = No accounts found.
console-sessions = Sessions
console-sessions-none = Nobody is signed in.
console-latest = Latest events
console-all-events = All events of this account
console-registrations-of = Registrations for this address
console-resend = Resend email
console-resend-title = Verification email
console-resend-text = Sends another email with a link to verify the address, if its registration is still pending.
console-end-sessions = End all sessions
console-end-sessions-text = Everybody who is signed in to the account must sign in again. The address of the account gets a notice.
console-disable = Disable account
console-disable-title = Disable this account
console-disable-text = Its sessions end, and nobody can sign in until it is enabled again. The address of the account gets a notice, without the reason.
console-enable = Enable account
console-enable-title = Enable this account
console-enable-text = Its owner can sign in again. The address of the account gets a notice.
console-reason-hint = Optional. It is kept in the audit trail, and it is part of the data that the owner of the account can download.
console-set-role = Change role
console-set-role-title = Change the role
console-set-role-text = The sessions of the account end.
console-delete-account = Delete account
console-delete-account-title = Delete this account
console-delete-account-text = The account is deleted immediately, with all its data. This cannot be undone.

## Invitations

console-invitations-none = No invitations.
console-invite = Invite
console-invite-title = Invite a person
console-invite-text = We email a link. The person chooses a password when they accept. Only super admins can invite administrators.
console-revoke = Revoke

## Registrations

console-registrations-none = No registrations.
console-registrations-hint = The complete address.

## Outbox

console-outbox-none = Nothing is here.
console-intent = Purpose
console-recipient = Recipient
console-attempts = Attempts
console-due = Due or done
console-note = Note
console-redrive = Deliver again
console-drop = Drop

## Feature flags

console-feature-value = This feature is
console-on = On
console-off = Off
console-feature-changed = Changed on { $at }.
console-feature-by = By this administrator
console-feature-registration = Registration
console-feature-registration-text = Who can register. Signing in is not affected.
console-feature-social = Registration with other providers
console-feature-social-text = Whether people can register with an account of another provider.
console-feature-password = Registration with a password
console-feature-password-text = Whether people can register with a password.
console-feature-newsletter = Newsletter
console-feature-newsletter-text = Whether people are asked if they want newsletters.
console-mode = Who can register
console-mode-open = Everybody
console-mode-restricted = Only listed domains and organizations
console-mode-invitation = Only invited people
console-mode-closed = Nobody
console-domains = Domains
console-domains-hint = One per line. They count if only listed domains can register.
console-organization-ids = IDs of organizations
console-organization-ids-hint = One per line. They count if only listed organizations can register.
console-feature-reason-hint = Optional. People who cannot register see this.
console-refuses-pending = Refuse pending registrations and invitations too

## Organizations and clients

console-organizations-none = No organizations.
console-organization-create = Create an organization
console-organization-change = Change this organization
console-organization-delete = Delete this organization
console-organization-delete-text = Only an organization without members and clients can be deleted.
console-code-hint = A short name for programs: letters, digits and . _ -
console-callback-origins = Origins of callback URLs
console-self-named = Administrators by registration
console-self-named-hint = If this is on, applications can register people as administrators of the organization.
console-invite-here = Invite a person to this organization
console-members = Members
console-members-none = No members.
console-member-set = Add a member or change a role
console-member-text = The account leaves the organization that it belongs to now.
console-member-remove = Remove
console-clients-none = No clients.
console-client-create = Register a client
console-client-change = Change this client
console-client-delete = Delete this client
console-client-delete-text = Its callback URLs and networks stop counting immediately.
console-client-id-hint = Letters, digits and . _ - It cannot be changed later.
console-redirect-uris = Redirect URIs
console-networks = Networks
console-networks-hint = One per line, such as 203.0.113.0/24. Limits per client network do not apply to them.

## Audit trail

console-audit-none = No entries.

## Dashboard

console-days = Time span
console-day = Day (UTC)
console-funnel = Registrations by day
console-funnel-about = Registrations, sent emails, confirmed registrations and sign-ins of each day.
console-series-registered = Registered
console-series-mailed = Emails sent
console-series-confirmed = Confirmed
console-series-signed-in = Sign-ins
console-until-mailed = Time until the email was sent
console-until-mailed-about = Time from registering until the first email was sent, by the day on which it was sent. Median and 95th percentile of at most 1,000 emails per day.
console-until-confirmed = Time until the address was confirmed
console-until-confirmed-about = Time from registering until the address was confirmed, by the day on which it was confirmed. Median and 95th percentile of at most 1,000 people per day.
console-series-median = Median
console-series-p95 = 95th percentile
console-queues = Outbox now
console-queues-about = Waiting entries and dead letters of each queue.
console-queue = Queue
console-oldest = Oldest waiting entry
console-series-queued = Waiting
console-series-dead = Dead letters
console-dead-letters = Show dead letters
console-instance-title = This instance
console-instance = Counted by the instance that answered, since { $since }. Other instances have their own figures.
console-limits = Refusals by limit
console-limits-about = Requests that each limit refused.
console-limit = Limit
console-series-refused = Refused
console-hashing = Password hashes
console-hashing-about = Hashes that were computed and refused, by what they were for.
console-class = For
console-series-computed = Computed
console-mean-wait = Average wait
console-p95-wait = Wait, 95th percentile

## Short times

console-milliseconds = { $count } ms
console-seconds = { $count } s
console-minutes = { $count } min
console-hours = { $count } h
