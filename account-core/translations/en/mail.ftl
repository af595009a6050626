# Emails. A key that ends in `-text` is for the part in plain text, where the link stands on the next line; the same key
# without `-text` is for the part in HTML.

## Parts of several emails

mail-greeting = Hello,

# Behind "your account" and the like. Nothing if the service has no name.
mail-at-operator = { $named ->
    [yes] { " " }at { $operator }
   *[no] { "" }
}

mail-button-fails = If the button does not work, copy this link into your browser:
mail-lasting = The link works until { $expires_at }.
mail-lasting-with-code = The link and the code work until { $expires_at }.
mail-code = Or enter this code where you registered:
mail-never-asked = We will never ask you for your password.
mail-not-forwarded = Please do not forward this email.
mail-code-not-shared = Please do not forward this email or share the code.

mail-not-you = If this was you, you can ignore this email. If not, <a>reset your password</a> immediately.
mail-not-you-text = If this was you, you can ignore this email. If not, reset your password immediately:
mail-forgot = Forgot your password? <a>Reset it</a>.
mail-forgot-text = Forgot your password? Reset it here:

## Verify your email address: to somebody who registered

mail-verify-address-subject = Verify your email address
mail-verify-address-what = Someone (hopefully you) registered{ mail-at-operator } with this email address.
mail-verify-address-open = To verify that it is yours, open the link within { $expires_in } and press the button on the page.
mail-verify-address-open-text = To verify that it is yours, open this link within { $expires_in } and press the button on the page:
mail-verify-address-button = Verify my address
mail-verify-address-otherwise = If this was not you, you can ignore this email: no account is created until the address is verified.
# If the account exists before its address is verified.
mail-verify-address-otherwise-account = If this was not you, you can ignore this email: the account stays restricted until the address is verified, and will be deleted.

## An administrator created an account

mail-account-made-subject = An account was created for you
mail-account-made-what = An administrator created an account{ mail-at-operator } with this email address and chose its password.
mail-account-made-open = To use it, open the link within { $expires_in } and choose a password that only you know.
mail-account-made-open-text = To use it, open this link within { $expires_in } and choose a password that only you know:
mail-account-made-button = Activate my account
mail-account-made-otherwise = If you do not want the account, you can ignore this email: it cannot be used until you activate it, and will be deleted.

## Somebody registered with an address that has an account

mail-already-registered-subject = You already have an account
mail-already-registered-what =
    Someone (hopefully you) tried to register{ mail-at-operator } with this email address.
    You already have an account, so nothing was changed.
mail-already-registered-sign-in-text = Sign in here:
mail-already-registered-deletion = Your account will be deleted on { $deletion_due_at }, as you requested. To keep it, sign in before then and choose "{ keep-account }".
mail-already-registered-deletion-text = Your account will be deleted on { $deletion_due_at }, as you requested. To keep it, sign in before then and choose "{ keep-account }":
mail-already-registered-otherwise = If this was not you, you can ignore this email: nobody learned anything about your account.

## Somebody came from a provider that names an address that has an account. `$identity` is the provider and the account
## there: "GitHub (octocat)".

mail-provider-link-offer-subject = You already have an account with this address
mail-provider-link-offer-what =
    Someone (hopefully you) tried to register{ mail-at-operator } with { $identity }.
    You already have an account with this email address, so nothing was changed.
mail-provider-link-offer-link = To sign in with { $provider } from now on, sign in as usual and link it in your profile.
mail-provider-link-offer-link-text = To sign in with { $provider } from now on, sign in as usual and link it in your profile:
mail-provider-link-offer-otherwise = If this was not you, do not link it: anyone who can use { $identity } could then sign in to your account. Nobody learned anything about your account.

## Reset your password

mail-reset-password-subject = Reset your password
mail-reset-password-what = On { $at }, someone (hopefully you) asked to reset the password of your account{ mail-at-operator }.
mail-reset-password-open = To choose a new one, open the link within { $expires_in }.
mail-reset-password-open-text = To choose a new one, open this link within { $expires_in }:
mail-reset-password-button = Choose a new password
mail-reset-password-otherwise = If this was not you, you can ignore this email: your password stays the same.

## Verify a new email address

mail-confirm-new-address-subject = Verify your new email address
mail-confirm-new-address-what = On { $at }, someone (hopefully you) asked to use this email address for their account{ mail-at-operator }.
mail-confirm-new-address-open = To verify that it is yours, open the link within { $expires_in } <strong>in the browser in which you requested the change</strong>, and press the button on the page.
mail-confirm-new-address-open-text = To verify that it is yours, open this link within { $expires_in } in the browser in which you requested the change, and press the button on the page:
mail-confirm-new-address-button = Verify my new address
mail-confirm-new-address-otherwise = If this was not you, you can ignore this email: nothing changes until the address is verified.

## Verify an additional email address

mail-confirm-secondary-address-subject = Verify your additional email address
mail-confirm-secondary-address-what = On { $at }, someone (hopefully you) added this email address to their account{ mail-at-operator }.
mail-confirm-secondary-address-open = To verify that it is yours, open the link within { $expires_in }, sign in if you are asked to, and press the button on the page.
mail-confirm-secondary-address-open-text = To verify that it is yours, open this link within { $expires_in }, sign in if you are asked to, and press the button on the page:
mail-confirm-secondary-address-button = Verify my address
mail-confirm-secondary-address-otherwise = If this was not you, you can ignore this email: the address is not used until it is verified.

## Somebody else wanted to use the address of an account

mail-address-in-use-subject = Your email address already has an account
mail-address-in-use-what =
    On { $at }, someone asked to change the email address of their account{ mail-at-operator } to yours.
    You already have an account with this address, so nothing was changed.
mail-address-in-use-sign-in = If this was you, sign in to your existing account.
mail-address-in-use-sign-in-text = If this was you, sign in to your existing account:
mail-address-in-use-otherwise = If this was not you, you can ignore this email: nobody learned anything about your account.

## Invitation

mail-invitation-subject = You are invited to create an account
mail-invitation-what = You are invited to create an account{ mail-at-operator } with this email address.
mail-invitation-open = To accept, open the link within { $expires_in } and choose a password.
mail-invitation-open-text = To accept, open this link within { $expires_in } and choose a password:
mail-invitation-button = Choose a password
mail-invitation-otherwise = If you do not want an account, you can ignore this email: no account is created until you accept.

## Notices: what happened to the account

mail-notice-password-changed-subject = Your password was changed
mail-notice-password-changed-what = On { $at }, the password of your account{ mail-at-operator } was changed.

mail-notice-password-reset-subject = Your password was reset
mail-notice-password-reset-what =
    On { $at }, the password of your account{ mail-at-operator } was reset with a link that we emailed you.
    The old password no longer works.
mail-notice-password-reset-you = If this was you, you can ignore this email. If you had requested the deletion of your account, it will still be deleted: to keep it, sign in and choose "{ keep-account }".
mail-notice-password-reset-not-you = If this was not you, someone else can read your email. Change the password of your email account first, then <a>reset the password of this account</a>.
mail-notice-password-reset-not-you-text = If this was not you, someone else can read your email. Change the password of your email account first, then reset the password of this account:

mail-notice-address-changed-subject = Your email address was changed
mail-notice-address-changed-what =
    On { $at }, the email address of your account{ mail-at-operator } was changed.
    We sent this email to both the old and the new address.
mail-notice-address-changed-support = If you still cannot sign in, contact support.

mail-notice-address-change-requested-subject = Email address change requested
mail-notice-address-change-requested-what =
    On { $at }, someone (hopefully you) asked to change the email address of your account{ mail-at-operator }.
    Nothing changes until the new address is verified.
mail-notice-address-change-requested-not-you = If this was you, open the link that we emailed to the new address. If not, <a>reset your password</a> immediately. That also cancels the change.
mail-notice-address-change-requested-not-you-text = If this was you, open the link that we emailed to the new address. If not, reset your password immediately. That also cancels the change:

mail-notice-secondary-address-confirmed-subject = An additional email address was verified
mail-notice-secondary-address-confirmed-what = On { $at }, an additional email address of your account{ mail-at-operator } was verified.
# Behind "If not, reset your password immediately."
mail-notice-secondary-address-confirmed-remove = Then remove that address from your account.

mail-notice-identity-linked-subject = A way to sign in was added
mail-notice-identity-linked-what = On { $at }, { $identity } was linked to your account{ mail-at-operator }. You can now sign in with it.
# Behind "If not, reset your password immediately."
mail-notice-identity-linked-remove = Then unlink it from your account.

mail-notice-identity-unlinked-subject = A way to sign in was removed
mail-notice-identity-unlinked-what = On { $at }, { $identity } was unlinked from your account{ mail-at-operator }. It can no longer be used to sign in.

mail-notice-sessions-ended-subject = You were signed out everywhere else
mail-notice-sessions-ended-what = On { $at }, you or an administrator signed your account{ mail-at-operator } out everywhere else.
mail-notice-sessions-ended-not-you = If you did this or knew about it, you can ignore this email. If not, <a>reset your password</a> immediately.
mail-notice-sessions-ended-not-you-text = If you did this or knew about it, you can ignore this email. If not, reset your password immediately:

mail-notice-deletion-requested-subject = Your account will be deleted
mail-notice-deletion-requested-what =
    On { $at }, someone (hopefully you) asked to delete your account{ mail-at-operator }.
    It can no longer be used and is scheduled for deletion.
# If it is known when.
mail-notice-deletion-requested-what-when =
    On { $at }, someone (hopefully you) asked to delete your account{ mail-at-operator }.
    It can no longer be used and will be deleted on { $deletion_due_at }.
mail-notice-deletion-requested-keep = To keep your account, sign in before it is deleted and choose "{ keep-account }".
mail-notice-deletion-requested-keep-text = To keep your account, sign in before it is deleted and choose "{ keep-account }":
# If it is known when.
mail-notice-deletion-requested-keep-when = To keep your account, sign in before then and choose "{ keep-account }".
mail-notice-deletion-requested-keep-when-text = To keep your account, sign in before then and choose "{ keep-account }":
mail-notice-deletion-requested-not-you = If this was not you, <a>reset your password</a> immediately, then choose "{ keep-account }".
mail-notice-deletion-requested-not-you-text = If this was not you, reset your password immediately, then choose "{ keep-account }":

mail-notice-deletion-cancelled-subject = Your account will not be deleted
mail-notice-deletion-cancelled-what = On { $at }, someone (hopefully you) signed in to your account{ mail-at-operator } and canceled its deletion.

mail-notice-became-administrator-subject = You are now an administrator
mail-notice-became-administrator-what = On { $at }, your account{ mail-at-operator } became an administrator. It can now see and change other accounts.
mail-notice-became-administrator-not-you = If you did not expect this, contact support. If someone else knows your password, <a>reset it</a> immediately.
mail-notice-became-administrator-not-you-text = If you did not expect this, contact support. If someone else knows your password, reset it immediately:

mail-notice-account-disabled-subject = Your account was disabled
mail-notice-account-disabled-what = On { $at }, your account{ mail-at-operator } was disabled. Nobody can sign in until it is enabled again.
mail-notice-account-disabled-support = If you think this is a mistake, contact support. A new password will not help.

mail-notice-account-enabled-subject = Your account was enabled again
mail-notice-account-enabled-what = On { $at }, your account{ mail-at-operator } was enabled again.
mail-notice-account-enabled-what-text = On { $at }, your account{ mail-at-operator } was enabled again. You can sign in here:
mail-notice-account-enabled-forgot = Forgot your password, or does someone else know it? <a>Reset it</a>.
mail-notice-account-enabled-forgot-text = Forgot your password, or does someone else know it? Reset it here:
