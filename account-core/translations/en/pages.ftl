# The pages: registering, signing in, emailed links, errors.
# A sentence is one message. Markup: <strong>..</strong>, and <a>..</a> without an address.

## On every page

page-language = Language

## Buttons and links that stand on several pages

link-sign-in-back = Back to sign-in
link-register = Register
link-forgot = Forgot password?
link-continue = Continue
link-account = Go to your account
link-another-email = Request another email
# Behind links, for people who do not see that they open elsewhere.
link-new-tab = (opens in a new tab)
button-verify = Verify
button-resend = Resend email
email-not-sent = No email was sent. Fix the error below.
offer-register = No account yet? <a>Register</a>.
offer-sign-in = Already have an account? <a>Sign in</a>.
signed-in-as = You are signed in as <strong>{ $address }</strong>.

## Fields

label-email = Email address
label-password = Password
label-new-password = New password
label-current-password = Current password
label-name = Name
label-optional = (optional)
label-code = Code
choice-none = Not given
incorrect-password = Incorrect password.
enter-password = Enter your password.

## The password field

password-rules-link = Password rules
password-show = Show
password-hide = Hide
password-caps-lock = Caps Lock is on.
password-strength-weak = Easy to guess. Add more words.
password-strength-fair = Could be stronger. Add a word.
password-strength-good = Hard to guess.
password-rule-met = done
password-hint-min = At least { $min } characters.
password-hint-between = At least { $min } characters, at most { $max }.
password-hint-with-min = At least { $min } characters, with { $list }.
password-hint-with-between = At least { $min } characters, at most { $max }, with { $list }.
password-hint-words = Several unrelated words make a strong password.
password-hint-no-spaces = Without spaces.
password-part-uppercase = an uppercase letter
password-part-lowercase = a lowercase letter
password-part-digit = a digit
password-part-digit-or-special = a digit or special character
password-part-special = one of { $set }
password-rule-min = At least { $min } characters
password-rule-max = At most { $max } characters
password-rule-uppercase = An uppercase letter
password-rule-lowercase = A lowercase letter
password-rule-digit = A digit
password-rule-digit-or-special = A digit or a special character
password-rule-special = A special character: { $set }
password-rule-no-spaces = No spaces
password-rule-common = Not a common password, and none that appeared in a data breach
password-rule-guessable = Not easy to guess: no repetition, no keyboard pattern, no single word with a few characters added
password-rule-personal = Does not contain your address, your name or the name of this service
password-policy-title = Password rules
password-policy-intro = A new password must follow these rules:
password-policy-advice = Any character is allowed, including spaces. You can paste a password, and a password manager can make one for you.
password-policy-advice-no-spaces = Any character is allowed except spaces. You can paste a password, and a password manager can make one for you.
password-policy-phrase = Several unrelated words are easy to remember and hard to guess. The length counts more than special characters.
password-policy-administrators = Administrators may have to follow stricter rules.

## Registering

register-title = Register
register-refused = Your account was not created. Fix the errors below.
register-next = We will email you a link to verify your address. Your account is ready as soon as you have done that.
register-choose = Choose
register-organization = Organization code
register-consent = I agree to the <a>terms of service</a> and the <a>privacy policy</a>.
register-consent-terms = I agree to the <a>terms of service</a>.
register-consent-privacy = I agree to the <a>privacy policy</a>.
register-did-you-mean = Did you mean <strong>{ $suggestion }</strong>? If <strong>{ $address }</strong> is right, submit the form again.

## Waiting for the email

waiting-title = Check your email
waiting-title-undelivered = We could not deliver the email
waiting-title-expired = Your link has expired
waiting-sent = We emailed <strong>{ $address }</strong>. Enter the 8-character code, or open the link.
waiting-sent-link = We emailed <strong>{ $address }</strong>. Open the link in the email.
waiting-undelivered = You registered with <strong>{ $address }</strong>.
waiting-expired = <strong>{ $address }</strong> was not verified in time. Request another email to continue.
waiting-sign-in = Verify your email address before you sign in.
waiting-sign-in-undelivered = You cannot sign in yet: this address is not verified.
waiting-sending = We are sending another email. Only the newest one works.
waiting-code-wrong = Incorrect code. Enter the 8-character code from the newest email. After 5 incorrect codes, only the link works.
waiting-code-refused = The address was not verified. Fix the error below.
waiting-code-exhausted = Too many incorrect codes. Open the link in the email instead.
waiting-no-email = No email?
waiting-no-email-text = If it has not arrived after a few minutes, send it again.
waiting-wrong-address-title = Wrong address?
waiting-wrong-address = <a>Register with another one</a>.
waiting-correct-label = Correct email address
waiting-correct = Change address
waiting-correct-refused = The address was not changed. Fix the error below.
waiting-mail-queued = The email is on its way.
waiting-mail-handed-over = It can take a few minutes to arrive. If you cannot find it, check your spam folder.
waiting-mail-deferred = The email could not be delivered yet. We will keep trying.
waiting-mail-failed = Send it again, or correct the address below.
waiting-mail-bounced = Check the address. If it is wrong, correct it below.
# Behind the state of the email; `$span` is a span of time as behind "within".
waiting-requested = Requested { $span } ago.
waiting-unknown = If you have registered, we emailed you. Open the link in the email.
waiting-unknown-sending = If a registration is waiting for that address, we are sending another email.
waiting-unknown-no-email = Check your spam folder, or send it again.

## Verifying an address

verify-title = Verify your email address
verify-enough = Verify <strong>{ $address }</strong> to activate your account.
verify-wrong-password = Incorrect password for <strong>{ $address }</strong>. Try again, or <a>choose a new password</a>.
verify-new-password-refused = The address was not verified, because the new password was not accepted:
verify-proof-missing = This address was registered in another browser. Enter a password to verify it.
verify-password = Enter the password you chose when you registered <strong>{ $address }</strong>.
verify-forgot-title = Forgot password?
verify-forgot = If you forgot the password, or somebody else registered this address, choose a new one.
verify-choose = Choose a password for <strong>{ $address }</strong>.
verify-drops = Everything else that was entered with the registration, such as a name, will be deleted.
verify-with-new-password = Verify with a new password
verified-title = Email address verified
verified-signed-in = <strong>{ $address }</strong> is verified, and your account is ready. You are signed in.
verified-sign-in = <strong>{ $address }</strong> is verified, and your account is ready. Sign in with this address and your password.
verified-username-taken = The username you chose was taken in the meantime. Choose another one in your account.
completed-title = Your account is ready
completed-text = <strong>{ $address }</strong> is verified.

## Verifying another address of an account

confirm-address-text = You are signed in as <strong>{ $address }</strong>. Verify the address that received our email to use it with this account.
confirm-address-elsewhere = This browser is not signed in. If you entered the new address in another browser, open the link there.
confirm-address-sign-in = Sign in to verify
confirm-address-not-you = If you did not request this, close this page.
address-confirmed-primary = The email address of your account is now <strong>{ $address }</strong>. Use it to sign in. You were signed out everywhere else.
address-confirmed-secondary = It now belongs to your account.

## Signing in

sign-in-identifier = Email address or username
sign-in-wrong = Incorrect email, username or password. Try again or reset your password.
sign-in-refused = Fix the errors below to sign in.
sign-in-identifier-required = Enter your email address or username.
sign-in-signed-out = You are signed out.
sign-in-ended = Your session has expired, and nothing was changed. Sign in again to continue.
sign-in-already = You are signed in as <strong>{ $address }</strong> in this browser. <a>Go to that account</a>.

## A forgotten password

forgot-title = Forgot password?
forgot-text = Enter the email address of your account. We will email you a link to reset your password.
forgot-send = Send reset link
forgot-sent-title = Check your email
forgot-sent-text = If the address has an account, we emailed it a link to reset the password.
forgot-sent-patience = The email can take a few minutes to arrive. If it does not, check your spam folder, and that you entered the address of your account.
reset-title = Choose a new password
reset-refused = The password was not changed:
reset-text = For the account of <strong>{ $address }</strong>. It will be signed out everywhere else.
reset-save = Save password
password-set-title = Password changed
password-set-text = You are signed in as <strong>{ $address }</strong>. You were signed out everywhere else.

## An invitation

invitation-title = Accept your invitation
invitation-refused = Your account was not created. Fix the errors below.
invitation-text = You are invited to create an account with the address <strong>{ $address }</strong>. Choose a password to accept.
invitation-accept = Accept invitation
accepted-title = Your account is ready

## An account that will be deleted

deletion-begun-title = Your account will be deleted
deletion-begun-text = The account of <strong>{ $address }</strong> will be deleted on { $due }. You were signed out everywhere.
deletion-begun-keep = To keep your account, sign in before then and cancel the deletion.
deletion-due = Your account will be deleted on { $due }. You can cancel the deletion until then.

## Waiting because of bots

challenge-full = <strong>Please try again in { $time }.</strong> Too many people are waiting at the moment.
challenge-wait = <strong>Please wait { $time }, then submit the form.</strong> The wait keeps bots out.
challenge-script = <strong>Please submit the form again.</strong> We check that you are not a bot.
challenge-password = Enter your password again: we did not keep it.
challenge-turn-on-script = If you turn on JavaScript for this site, you do not have to wait.
challenge-checking = Checking that you are not a bot…
wait-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
wait-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
wait-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}

## Links that no longer work

dead-link-invalid-title = Invalid link
dead-link-expired-title = Your link has expired
dead-link-newer-title = We sent you a newer email
dead-link-stale-title = This link no longer works
dead-link-verified-title = Email address already verified
dead-link-account-title = You already have an account
dead-link-used-title = Link already used
dead-link-invitation-expired-title = Your invitation has expired
dead-link-invitation-used-title = Invitation already accepted
dead-link-verification-invalid = Open the complete link from the email. If that does not help, request another email below.
dead-link-reset-invalid = Open the complete link from the email. If that does not help, request another email.
dead-link-address-invalid = Open the complete link from the email. If that does not help, enter the address in your account again.
dead-link-invitation-invalid = Open the complete link from the email. If that does not help, ask for another invitation.
dead-link-verification-expired = Request another email below.
dead-link-verification-used = You can sign in.
dead-link-verification-newer = Open the link in the newest email. If you cannot find it, request another one below.
dead-link-account = Sign in. If you do not know the password, you can reset it.
dead-link-reset-expired = Request another email.
dead-link-reset-used = It was used to change the password. If that was not you, request another email and choose a new one.
dead-link-reset-newer = Open the link in the newest email, or request another one.
dead-link-reset-stale = The password or the address has changed since the email was sent. Request another one if you need it.
dead-link-address-expired = Enter the address in your account again to get another one.
dead-link-address-used = This link was already used.
dead-link-address-newer = Open the link in the newest email, or enter the address in your account again to get another one.
dead-link-address-stale = Another account has this address, or yours has changed since the email was sent. Nothing was changed.
dead-link-invitation-expired = Ask for another one.
dead-link-invitation-used = You have an account and can sign in.
dead-link-invitation-newer = Open the link in the newest email, or ask for another invitation.

## Errors

error-form-expired-title = Form expired
error-form-expired = Your form expired. Please submit it again. If this happens every time, allow cookies for this site.
error-not-found-title = Page not found
error-not-found = Check the address of the page.
error-method-title = This page cannot be opened directly
error-method = Go back and submit the form.
error-timeout-title = Request timed out
error-timeout = The form took too long to arrive. Please submit it again.
error-too-large-title = Form too large
error-too-large = The form is larger than 64 KiB. Nothing was changed.
error-invalid-form-title = Invalid form
error-invalid-form = Open the page again and fill in the form once more.
error-challenge-title = Please try again later
error-challenge = There are unusually many requests at the moment.
error-limited-title = Please wait
error-limited = Too many attempts.
error-unavailable-title = Service unavailable
error-unavailable = The service is busy. Nothing was changed.
error-internal-title = Something went wrong
error-internal = This is not your fault. If it happens again, contact support and include the request ID.
error-internal-id = Request ID: { $id }.
error-code-exhausted-title = Too many incorrect codes
error-code-exhausted = Open the link in the email instead.
error-link = Open the complete link from the email.
error-closed-title = Registration is closed
error-closed = New registrations are not accepted at the moment.
error-signed-out-title = You are not signed in
error-signed-out = Sign in and try again.
error-unverified-title = Your email address is not verified
error-unverified = First open the link in the email that we sent you.
error-deletion-title = Your account will be deleted
error-deletion = Cancel the deletion on your account page first.
error-elsewhere-title = You requested this change elsewhere
error-elsewhere = Open the link in the browser in which you requested the change, while you are signed in there.
error-last-super-admin-title = You are the last super admin
error-last-super-admin = Make another account a super admin before you delete this one.
error-forbidden-title = Not allowed
error-forbidden = Your account may not do this. Nothing was changed.
error-other-title = Something did not work
error-other = Open the page again and fill in the form once more.
error-try-again = Try again in { $time }.

## What is wrong with a field

violation-email-required = Enter your email address.
violation-email-malformed = Enter a valid email address, such as name@example.com.
violation-email-domain-denied = Email addresses at this domain are not accepted. Use another one.
violation-email-disposable = Disposable email addresses are not accepted. Use a permanent one.
violation-email-misspelled = Check this address: the part after the @ may be misspelled.
violation-email-without-mail = The domain of this address receives no email. Check the address.
violation-consent-required = To register, you have to agree.
violation-password-required = Choose a password.
violation-password-too-short = The password must have at least { $min } characters.
violation-password-too-long = The password must have at most { $max } characters.
violation-password-uppercase = The password must contain an uppercase letter.
violation-password-lowercase = The password must contain a lowercase letter.
violation-password-digit = The password must contain a digit.
violation-password-digit-or-special = The password must contain a digit or a special character.
violation-password-special = The password must contain a special character.
violation-password-space = The password must not contain spaces.
violation-password-blank = The password must not be blank.
violation-password-common = This password is too common, or appeared in a data breach. Choose another one.
violation-password-repetitive = The password must not be a repetition or a keyboard pattern.
violation-password-guessable = The password is too easy to guess: use more words, or words that do not belong together.
violation-password-personal = The password must not contain your address, your name or the name of this service.
violation-password-used-before = The password must not be one of your recent passwords.
violation-country = Choose a country from the list.
violation-language = Choose a language from the list.
violation-time-zone = Choose a time zone from the list.
violation-required = The { $field } is required.
violation-too-short = The { $field } must have at least { $min } characters.
violation-too-long = The { $field } must have at most { $max } characters.
violation-malformed = The { $field } is not valid.
violation-forbidden-character = The { $field } must not contain control or invisible characters.
violation-unknown = The { $field } is not recognized.
violation-blank = The { $field } must not be blank.
violation-taken = The { $field } is already taken.
violation-out-of-range = The { $field } is out of range.
violation-cannot-be-cleared = The { $field } cannot be cleared.
violation-not-accepted = The { $field } is not accepted.

field-email = email address
field-password = password
field-name = name
field-given-name = given name
field-family-name = family name
field-username = username
field-country = country
field-language = language
field-time-zone = time zone
field-phone = phone number
field-postal-address = postal address
field-company = company
field-industry = industry
field-date-of-birth = date of birth
field-bio = bio
field-avatar = picture ID
field-notification-address = additional email address
field-alternate-address = alternate email address
field-organization = organization
field-other = value

## Registering and signing in with another provider's account

provider-continue = Continue with { $provider }
provider-or = or
provider-last-used = Last used
provider-leaving-title = Continue with { $provider }
provider-leaving = You are being sent to { $provider }.
provider-return-title = Back from { $provider }
provider-return = One moment, we are finishing.
error-provider-unknown-title = Not available
error-provider-unknown = This way to sign in is not offered. Choose another one.
error-provider-flow-title = Please start again
error-provider-flow = You took too long, have finished already, or started in another browser. Start again here.
error-provider-denied-title = You did not sign in there
error-provider-denied = Try again, or choose another way.
error-provider-away-title = No answer from there
error-provider-away = Nothing was changed. Try again in a few minutes, or choose another way.
error-provider-invalid-title = That did not work
error-provider-invalid = The answer from there cannot be used. Nothing was changed. Choose another way.
error-provider-address-title = No email address
error-provider-address = We were not told an email address. Register with your address and a password instead.
error-identity-taken-title = Linked to another account
error-identity-taken = This account is linked to another account here. Sign in to that one, and unlink it there first.
error-identity-other-title = Not the same account
error-identity-other = This is not the account that is needed here. Try again with the right one.
error-identity-many-title = Too many linked accounts
error-identity-many = Unlink one of them first.
error-identity-last-title = Last way to sign in
error-identity-last = Set a password or link another account first.
error-disabled-title = Account disabled
error-disabled = You cannot sign in to this account. Contact support.
