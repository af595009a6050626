# The profile page.

profile-title = Your account
profile-on-this-page = On this page
profile-verified-on = Verified on { $at }
profile-unverified = This address is not verified. Verify it before you change anything here. <a>Resend the email</a>.
profile-go = Go to that section

## Its parts

profile-account-title = Account
profile-security-title = Security
profile-privacy-title = Privacy

## What was done

profile-done-details = Your details were saved.
profile-done-password = Your password was changed. You were signed out everywhere else.
profile-done-email = We emailed the new address. Open the link in this browser while you are signed in. Until then, your address stays the same.
profile-done-session = That session was signed out.
profile-done-sessions = You were signed out everywhere else.
profile-done-recovery = Your account will not be deleted.

## Details

profile-details-title = Details
profile-details-text = All fields are optional. Clear a field to remove its value.
profile-details-save = Save details
profile-details-refused = Your details were not saved. Fix the errors below.
profile-details-outdated = Your details were changed in another window, so your changes were not saved. The form shows what you typed next to what is saved now. Save again to overwrite it.
profile-details-sign-in-again = Your details were not saved. To change an email address, you must have signed in within the last five minutes. Sign in again, and then save.
profile-now-empty = Now empty.
profile-now = Now: { $value }
profile-address-verified = Verified.
profile-address-unverified = Not verified yet: open the link in the email that we sent to it.
profile-newsletter = Send me newsletters

profile-group-name = Name
profile-group-place = Location and language
profile-group-contact = Contact
profile-group-work = Work
profile-group-about = About you

profile-name = Full name
profile-given-name = Given name
profile-family-name = Family name
profile-username = Username
profile-username-hint = Visible to others. You can sign in with it instead of your email address.
profile-country = Country
profile-language = Language
profile-time-zone = Time zone
profile-phone = Phone number
profile-phone-hint = Include the country code, such as +49 30 901820.
profile-postal-address = Postal address
profile-notification-address = Additional email address for notices
profile-notification-address-hint = We send account notices here as well.
profile-alternate-address = Alternate email address
profile-alternate-address-hint = Another way to reach you. It cannot be used to reset your password.
profile-company = Company
profile-industry = Industry
profile-date-of-birth = Date of birth
profile-bio = Bio
profile-avatar = Picture ID
profile-avatar-hint = The application that you use stores the picture itself.

## Password

profile-password-title = Password
profile-password-text = A new password signs you out everywhere else.
profile-password-change = Change password
profile-password-refused = Your password was not changed. Fix the errors below.

## Email address

profile-email-title = Email address
profile-email-text = Your address is <strong>{ $address }</strong>. To change it, enter a new one and open the link that we email to it.
profile-email-new = New email address
profile-email-send = Send verification email
profile-email-refused = Your address was not changed. Fix the errors below.

## Sessions

profile-sessions-title = Sessions
profile-session-current = this browser
profile-session-unknown-client = Unknown client
profile-session-client = { $browser } on { $system }
profile-session-times = Signed in on { $created }, last used on { $used }.
profile-session-times-from = From { $address }. Signed in on { $created }, last used on { $used }.
profile-session-end = Sign out
profile-session-end-label = Sign out { $client }, signed in { $created }
profile-sessions-end-others = Sign out all other sessions
profile-sign-out = Sign out

## Privacy

profile-consents-title = What you agreed to
profile-consent-terms = { terms-of-service }, version { $version }, on { $at }
profile-consent-privacy = { privacy-policy }, version { $version }, on { $at }
profile-export-title = Your data
profile-export-text = Download everything that we store about you: your account, its sessions and what happened to it, as a JSON file.
profile-export-button = Download my data
profile-export-refused = Your data was not downloaded. Fix the error below.

## Deletion

profile-deletion-title = Delete your account
profile-deletion-text = You are signed out everywhere immediately. A few days later, everything we store about you is deleted. Until then, you can sign in and cancel the deletion.
profile-deletion-confirm = Delete my account and everything in it
profile-deletion-unconfirmed = Check this box to delete your account.
profile-deletion-button = Delete my account
profile-deletion-refused = Your account was not deleted. Fix the errors below.
profile-deletion-last-super-admin = You are the last super admin. Make another account a super admin before you delete this one.

## Linked accounts

profile-identities-title = Linked accounts
profile-identities-text = You can sign in with these accounts.
profile-identities-none = No account is linked.
profile-identity-times = Linked: { $linked }. Last used: { $used }.
profile-identity-unlink = Unlink
profile-identity-unlink-label = Unlink { $provider }: { $account }
profile-identity-link = Link { $provider }
profile-identity-confirm = Confirm with { $provider } instead of a password
profile-identities-refused = Nothing was changed. Fix the error below.
profile-done-linked = The account is linked. You can sign in with it.
profile-done-unlinked = The account is no longer linked.
profile-done-confirmed = You have confirmed that it is you.

## Regions of time zones

zone-region-africa = Africa
zone-region-america = America
zone-region-antarctica = Antarctica
zone-region-arctic = Arctic
zone-region-asia = Asia
zone-region-atlantic = Atlantic
zone-region-australia = Australia
zone-region-europe = Europe
zone-region-indian = Indian Ocean
zone-region-pacific = Pacific
zone-region-other = Other
