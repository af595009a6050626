## On every page

page-language = Sprache

## Buttons and links that stand on several pages

link-sign-in-back = Zurück zur Anmeldung
link-register = Registrieren
link-forgot = Passwort vergessen?
link-continue = Weiter
link-account = Zu Ihrem Konto
link-another-email = Neue E-Mail anfordern
link-new-tab = (wird in einem neuen Tab geöffnet)
button-verify = Bestätigen
button-resend = E-Mail erneut senden
email-not-sent = Es wurde keine E-Mail gesendet. Bitte korrigieren Sie den folgenden Fehler.
offer-register = Noch kein Konto? <a>Registrieren</a>.
offer-sign-in = Sie haben bereits ein Konto? <a>Anmelden</a>.
signed-in-as = Sie sind als <strong>{ $address }</strong> angemeldet.

## Fields

label-email = E-Mail-Adresse
label-password = Passwort
label-new-password = Neues Passwort
label-current-password = Aktuelles Passwort
label-name = Name
label-optional = (optional)
label-code = Code
choice-none = Keine Angabe
incorrect-password = Falsches Passwort.
enter-password = Geben Sie Ihr Passwort ein.

## The password field

password-rules-link = Passwortregeln
password-show = Anzeigen
password-hide = Verbergen
password-caps-lock = Die Feststelltaste ist aktiviert.
password-strength-weak = Leicht zu erraten. Fügen Sie weitere Wörter hinzu.
password-strength-fair = Könnte stärker sein. Fügen Sie ein Wort hinzu.
password-strength-good = Schwer zu erraten.
password-rule-met = erfüllt
password-hint-min = Mindestens { $min } Zeichen.
password-hint-between = Mindestens { $min } und höchstens { $max } Zeichen.
password-hint-with-min = Mindestens { $min } Zeichen, darunter { $list }.
password-hint-with-between = Mindestens { $min } und höchstens { $max } Zeichen, darunter { $list }.
password-hint-words = Mehrere Wörter, die nichts miteinander zu tun haben, ergeben ein starkes Passwort.
password-hint-no-spaces = Ohne Leerzeichen.
password-part-uppercase = ein Großbuchstabe
password-part-lowercase = ein Kleinbuchstabe
password-part-digit = eine Ziffer
password-part-digit-or-special = eine Ziffer oder ein Sonderzeichen
password-part-special = eines von { $set }
password-rule-min = Mindestens { $min } Zeichen
password-rule-max = Höchstens { $max } Zeichen
password-rule-uppercase = Ein Großbuchstabe
password-rule-lowercase = Ein Kleinbuchstabe
password-rule-digit = Eine Ziffer
password-rule-digit-or-special = Eine Ziffer oder ein Sonderzeichen
password-rule-special = Ein Sonderzeichen: { $set }
password-rule-no-spaces = Keine Leerzeichen
password-rule-common = Kein häufiges Passwort und keines aus einem Datenleck
password-rule-guessable = Nicht leicht zu erraten: keine Wiederholung, kein Tastaturmuster, kein einzelnes Wort mit ein paar Zeichen mehr
password-rule-personal = Enthält weder Ihre Adresse noch Ihren Namen noch den Namen dieses Dienstes
password-policy-title = Passwortregeln
password-policy-intro = Für ein neues Passwort gelten diese Regeln:
password-policy-advice = Alle Zeichen sind erlaubt, auch Leerzeichen. Sie können ein Passwort einfügen oder von einem Passwortmanager erzeugen lassen.
password-policy-advice-no-spaces = Alle Zeichen außer Leerzeichen sind erlaubt. Sie können ein Passwort einfügen oder von einem Passwortmanager erzeugen lassen.
password-policy-phrase = Mehrere Wörter, die nichts miteinander zu tun haben, lassen sich leicht merken und schwer erraten. Die Länge zählt mehr als Sonderzeichen.
password-policy-administrators = Für Administratoren können strengere Regeln gelten.

## Registering

register-title = Registrieren
register-refused = Ihr Konto wurde nicht angelegt. Bitte korrigieren Sie die folgenden Fehler.
register-next = Wir senden Ihnen einen Link, mit dem Sie Ihre Adresse bestätigen. Danach ist Ihr Konto bereit.
register-choose = Bitte wählen
register-organization = Code der Organisation
register-consent = Ich stimme den <a>Nutzungsbedingungen</a> und der <a>Datenschutzerklärung</a> zu.
register-consent-terms = Ich stimme den <a>Nutzungsbedingungen</a> zu.
register-consent-privacy = Ich stimme der <a>Datenschutzerklärung</a> zu.
register-did-you-mean = Meinten Sie <strong>{ $suggestion }</strong>? Wenn <strong>{ $address }</strong> stimmt, senden Sie das Formular noch einmal ab.

## Waiting for the email

waiting-title = Sehen Sie in Ihrem Postfach nach
waiting-title-undelivered = Die E-Mail konnte nicht zugestellt werden
waiting-title-expired = Ihr Link ist abgelaufen
waiting-sent = Wir haben eine E-Mail an <strong>{ $address }</strong> gesendet. Geben Sie den Code mit 8 Zeichen ein oder öffnen Sie den Link.
waiting-sent-link = Wir haben eine E-Mail an <strong>{ $address }</strong> gesendet. Öffnen Sie den Link darin.
waiting-undelivered = Sie haben sich mit <strong>{ $address }</strong> registriert.
waiting-expired = <strong>{ $address }</strong> wurde nicht rechtzeitig bestätigt. Fordern Sie eine neue E-Mail an, um fortzufahren.
waiting-sign-in = Bestätigen Sie Ihre E-Mail-Adresse, bevor Sie sich anmelden.
waiting-sign-in-undelivered = Sie können sich noch nicht anmelden: Diese Adresse ist nicht bestätigt.
waiting-sending = Wir senden eine neue E-Mail. Nur die neueste gilt.
waiting-code-wrong = Falscher Code. Geben Sie den Code mit 8 Zeichen aus der neuesten E-Mail ein. Nach 5 falschen Codes funktioniert nur noch der Link.
waiting-code-refused = Die Adresse wurde nicht bestätigt. Bitte korrigieren Sie den folgenden Fehler.
waiting-code-exhausted = Zu viele falsche Codes. Öffnen Sie stattdessen den Link in der E-Mail.
waiting-no-email = Keine E-Mail erhalten?
waiting-no-email-text = Wenn sie nach einigen Minuten nicht angekommen ist, senden Sie sie erneut.
waiting-wrong-address-title = Falsche Adresse?
waiting-wrong-address = <a>Mit einer anderen registrieren</a>.
waiting-correct-label = Richtige E-Mail-Adresse
waiting-correct = Adresse ändern
waiting-correct-refused = Die Adresse wurde nicht geändert. Bitte korrigieren Sie den folgenden Fehler.
waiting-mail-queued = Die E-Mail ist unterwegs.
waiting-mail-handed-over = Es kann einige Minuten dauern, bis sie ankommt. Wenn Sie sie nicht finden, sehen Sie im Spam-Ordner nach.
waiting-mail-deferred = Die E-Mail konnte noch nicht zugestellt werden. Wir versuchen es weiter.
waiting-mail-failed = Senden Sie sie noch einmal oder korrigieren Sie unten die Adresse.
waiting-mail-bounced = Prüfen Sie die Adresse. Wenn sie falsch ist, korrigieren Sie sie unten.
waiting-requested = Angefordert vor { $span }.
waiting-unknown = Wenn Sie sich registriert haben, haben wir Ihnen eine E-Mail gesendet. Öffnen Sie den Link darin.
waiting-unknown-sending = Wenn für diese Adresse eine Registrierung offen ist, senden wir eine neue E-Mail.
waiting-unknown-no-email = Sehen Sie im Spam-Ordner nach oder senden Sie sie erneut.

## Verifying an address

verify-title = E-Mail-Adresse bestätigen
verify-enough = Bestätigen Sie <strong>{ $address }</strong>, um Ihr Konto zu aktivieren.
verify-wrong-password = Falsches Passwort für <strong>{ $address }</strong>. Versuchen Sie es erneut oder <a>wählen Sie ein neues Passwort</a>.
verify-new-password-refused = Die Adresse wurde nicht bestätigt, weil das neue Passwort nicht angenommen wurde:
verify-proof-missing = Die Adresse wurde in einem anderen Browser registriert. Geben Sie ein Passwort ein, um sie zu bestätigen.
verify-password = Geben Sie das Passwort ein, das Sie bei der Registrierung von <strong>{ $address }</strong> gewählt haben.
verify-forgot-title = Passwort vergessen?
verify-forgot = Wenn Sie das Passwort vergessen haben oder jemand anderes diese Adresse registriert hat, wählen Sie ein neues.
verify-choose = Wählen Sie ein Passwort für <strong>{ $address }</strong>.
verify-drops = Alle anderen Angaben aus der Registrierung, etwa ein Name, werden gelöscht.
verify-with-new-password = Mit neuem Passwort bestätigen
verified-title = E-Mail-Adresse bestätigt
verified-signed-in = <strong>{ $address }</strong> ist bestätigt, und Ihr Konto ist bereit. Sie sind angemeldet.
verified-sign-in = <strong>{ $address }</strong> ist bestätigt, und Ihr Konto ist bereit. Melden Sie sich mit dieser Adresse und Ihrem Passwort an.
verified-username-taken = Der gewünschte Benutzername wurde inzwischen vergeben. Wählen Sie in Ihrem Konto einen anderen.
completed-title = Ihr Konto ist bereit
completed-text = <strong>{ $address }</strong> ist bestätigt.

## Verifying another address of an account

confirm-address-text = Sie sind als <strong>{ $address }</strong> angemeldet. Bestätigen Sie die Adresse, an die unsere E-Mail ging, um sie mit diesem Konto zu verwenden.
confirm-address-elsewhere = In diesem Browser sind Sie nicht angemeldet. Wenn Sie die neue Adresse in einem anderen Browser eingegeben haben, öffnen Sie den Link dort.
confirm-address-sign-in = Anmelden und bestätigen
confirm-address-not-you = Wenn Sie das nicht veranlasst haben, schließen Sie diese Seite.
address-confirmed-primary = Die E-Mail-Adresse Ihres Kontos ist jetzt <strong>{ $address }</strong>. Melden Sie sich künftig damit an. Überall sonst wurden Sie abgemeldet.
address-confirmed-secondary = Sie gehört jetzt zu Ihrem Konto.

## Signing in

sign-in-identifier = E-Mail-Adresse oder Benutzername
sign-in-wrong = E-Mail-Adresse, Benutzername oder Passwort ist falsch. Versuchen Sie es erneut oder setzen Sie Ihr Passwort zurück.
sign-in-refused = Bitte korrigieren Sie die folgenden Fehler, um sich anzumelden.
sign-in-identifier-required = Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.
sign-in-signed-out = Sie sind abgemeldet.
sign-in-ended = Ihre Sitzung ist abgelaufen, und es wurde nichts geändert. Melden Sie sich wieder an, um fortzufahren.
sign-in-already = In diesem Browser sind Sie als <strong>{ $address }</strong> angemeldet. <a>Zu diesem Konto</a>.

## A forgotten password

forgot-title = Passwort vergessen?
forgot-text = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wir senden Ihnen einen Link, mit dem Sie Ihr Passwort zurücksetzen.
forgot-send = Link senden
forgot-sent-title = Sehen Sie in Ihrem Postfach nach
forgot-sent-text = Wenn es zu der Adresse ein Konto gibt, haben wir einen Link zum Zurücksetzen des Passworts dorthin gesendet.
forgot-sent-patience = Es kann einige Minuten dauern, bis die E-Mail ankommt. Wenn nicht, sehen Sie im Spam-Ordner nach und prüfen Sie, ob Sie die Adresse Ihres Kontos eingegeben haben.
reset-title = Neues Passwort wählen
reset-refused = Das Passwort wurde nicht geändert:
reset-text = Für das Konto von <strong>{ $address }</strong>. Überall sonst werden Sie abgemeldet.
reset-save = Passwort speichern
password-set-title = Passwort geändert
password-set-text = Sie sind als <strong>{ $address }</strong> angemeldet. Überall sonst wurden Sie abgemeldet.

## An invitation

invitation-title = Einladung annehmen
invitation-refused = Ihr Konto wurde nicht angelegt. Bitte korrigieren Sie die folgenden Fehler.
invitation-text = Sie sind eingeladen, ein Konto mit der Adresse <strong>{ $address }</strong> anzulegen. Wählen Sie ein Passwort, um die Einladung anzunehmen.
invitation-accept = Einladung annehmen
accepted-title = Ihr Konto ist bereit

## An account that will be deleted

deletion-begun-title = Ihr Konto wird gelöscht
deletion-begun-text = Das Konto von <strong>{ $address }</strong> wird am { $due } gelöscht. Sie wurden überall abgemeldet.
deletion-begun-keep = Um Ihr Konto zu behalten, melden Sie sich vorher an und brechen Sie die Löschung ab.
deletion-due = Ihr Konto wird am { $due } gelöscht. Bis dahin können Sie die Löschung abbrechen.

## Waiting because of bots

challenge-full = <strong>Bitte versuchen Sie es in { $time } erneut.</strong> Im Moment warten zu viele Personen.
challenge-wait = <strong>Bitte warten Sie { $time } und senden Sie dann das Formular ab.</strong> Die Wartezeit hält Bots fern.
challenge-script = <strong>Bitte senden Sie das Formular noch einmal ab.</strong> Wir prüfen, dass Sie kein Bot sind.
challenge-password = Geben Sie Ihr Passwort erneut ein: Wir haben es nicht gespeichert.
challenge-turn-on-script = Wenn Sie JavaScript für diese Website einschalten, müssen Sie nicht warten.
challenge-checking = Wir prüfen, dass Sie kein Bot sind …
wait-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}
wait-minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
wait-hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}

## Links that no longer work

dead-link-invalid-title = Ungültiger Link
dead-link-expired-title = Ihr Link ist abgelaufen
dead-link-newer-title = Wir haben Ihnen eine neuere E-Mail gesendet
dead-link-stale-title = Dieser Link gilt nicht mehr
dead-link-verified-title = E-Mail-Adresse bereits bestätigt
dead-link-account-title = Sie haben bereits ein Konto
dead-link-used-title = Link bereits verwendet
dead-link-invitation-expired-title = Ihre Einladung ist abgelaufen
dead-link-invitation-used-title = Einladung bereits angenommen
dead-link-verification-invalid = Öffnen Sie den vollständigen Link aus der E-Mail. Wenn das nicht hilft, fordern Sie unten eine neue E-Mail an.
dead-link-reset-invalid = Öffnen Sie den vollständigen Link aus der E-Mail. Wenn das nicht hilft, fordern Sie eine neue E-Mail an.
dead-link-address-invalid = Öffnen Sie den vollständigen Link aus der E-Mail. Wenn das nicht hilft, geben Sie die Adresse in Ihrem Konto erneut ein.
dead-link-invitation-invalid = Öffnen Sie den vollständigen Link aus der E-Mail. Wenn das nicht hilft, bitten Sie um eine neue Einladung.
dead-link-verification-expired = Fordern Sie unten eine neue E-Mail an.
dead-link-verification-used = Sie können sich anmelden.
dead-link-verification-newer = Öffnen Sie den Link in der neuesten E-Mail. Wenn Sie sie nicht finden, fordern Sie unten eine neue an.
dead-link-account = Melden Sie sich an. Wenn Sie das Passwort nicht kennen, können Sie es zurücksetzen.
dead-link-reset-expired = Fordern Sie eine neue E-Mail an.
dead-link-reset-used = Mit diesem Link wurde das Passwort geändert. Wenn Sie das nicht waren, fordern Sie eine neue E-Mail an und wählen Sie ein neues Passwort.
dead-link-reset-newer = Öffnen Sie den Link in der neuesten E-Mail oder fordern Sie eine neue an.
dead-link-reset-stale = Seit dem Versand der E-Mail wurde das Passwort oder die Adresse geändert. Fordern Sie bei Bedarf eine neue E-Mail an.
dead-link-address-expired = Geben Sie die Adresse in Ihrem Konto erneut ein, um einen neuen Link zu erhalten.
dead-link-address-used = Dieser Link wurde bereits verwendet.
dead-link-address-newer = Öffnen Sie den Link in der neuesten E-Mail oder geben Sie die Adresse in Ihrem Konto erneut ein, um einen neuen zu erhalten.
dead-link-address-stale = Ein anderes Konto hat diese Adresse, oder Ihre wurde seit dem Versand der E-Mail geändert. Es wurde nichts geändert.
dead-link-invitation-expired = Bitten Sie um eine neue.
dead-link-invitation-used = Sie haben ein Konto und können sich anmelden.
dead-link-invitation-newer = Öffnen Sie den Link in der neuesten E-Mail oder bitten Sie um eine neue Einladung.

## Errors

error-form-expired-title = Formular abgelaufen
error-form-expired = Ihr Formular ist abgelaufen. Bitte senden Sie es erneut ab. Wenn das jedes Mal geschieht, erlauben Sie Cookies für diese Website.
error-not-found-title = Seite nicht gefunden
error-not-found = Prüfen Sie die Adresse der Seite.
error-method-title = Diese Seite lässt sich nicht direkt öffnen
error-method = Gehen Sie zurück und senden Sie das Formular ab.
error-timeout-title = Zeitüberschreitung
error-timeout = Die Übertragung des Formulars hat zu lange gedauert. Bitte senden Sie es erneut ab.
error-too-large-title = Formular zu groß
error-too-large = Das Formular ist größer als 64 KiB. Es wurde nichts geändert.
error-invalid-form-title = Ungültiges Formular
error-invalid-form = Öffnen Sie die Seite erneut und füllen Sie das Formular noch einmal aus.
error-challenge-title = Bitte versuchen Sie es später erneut
error-challenge = Im Moment gibt es ungewöhnlich viele Anfragen.
error-limited-title = Bitte warten Sie
error-limited = Zu viele Versuche.
error-unavailable-title = Dienst nicht verfügbar
error-unavailable = Der Dienst ist ausgelastet. Es wurde nichts geändert.
error-internal-title = Etwas ist schiefgegangen
error-internal = Das liegt nicht an Ihnen. Wenn es wieder geschieht, wenden Sie sich an den Support und geben Sie die Anfrage-ID an.
error-internal-id = Anfrage-ID: { $id }.
error-code-exhausted-title = Zu viele falsche Codes
error-code-exhausted = Öffnen Sie stattdessen den Link in der E-Mail.
error-link = Öffnen Sie den vollständigen Link aus der E-Mail.
error-closed-title = Registrierung geschlossen
error-closed = Im Moment werden keine neuen Registrierungen angenommen.
error-signed-out-title = Sie sind nicht angemeldet
error-signed-out = Melden Sie sich an und versuchen Sie es erneut.
error-unverified-title = Ihre E-Mail-Adresse ist nicht bestätigt
error-unverified = Öffnen Sie zuerst den Link in der E-Mail, die wir Ihnen gesendet haben.
error-deletion-title = Ihr Konto wird gelöscht
error-deletion = Brechen Sie zuerst auf Ihrer Kontoseite die Löschung ab.
error-elsewhere-title = Sie haben diese Änderung anderswo angefordert
error-elsewhere = Öffnen Sie den Link in dem Browser, in dem Sie die Änderung angefordert haben, während Sie dort angemeldet sind.
error-last-super-admin-title = Sie sind der letzte Superadministrator
error-last-super-admin = Machen Sie ein anderes Konto zum Superadministrator, bevor Sie dieses löschen.
error-forbidden-title = Nicht erlaubt
error-forbidden = Ihr Konto darf das nicht. Es wurde nichts geändert.
error-other-title = Das hat nicht geklappt
error-other = Öffnen Sie die Seite erneut und füllen Sie das Formular noch einmal aus.
error-try-again = Versuchen Sie es in { $time } erneut.

## What is wrong with a field

violation-email-required = Geben Sie Ihre E-Mail-Adresse ein.
violation-email-malformed = Geben Sie eine gültige E-Mail-Adresse ein, zum Beispiel name@example.com.
violation-email-domain-denied = E-Mail-Adressen dieser Domain werden nicht angenommen. Verwenden Sie eine andere.
violation-email-disposable = Wegwerf-Adressen werden nicht angenommen. Verwenden Sie eine dauerhafte.
violation-email-misspelled = Prüfen Sie diese Adresse: Der Teil nach dem @ ist vielleicht falsch geschrieben.
violation-email-without-mail = Die Domain dieser Adresse empfängt keine E-Mails. Prüfen Sie die Adresse.
violation-consent-required = Stimmen Sie zu, um sich zu registrieren.
violation-password-required = Wählen Sie ein Passwort.
violation-password-too-short = Das Passwort muss mindestens { $min } Zeichen haben.
violation-password-too-long = Das Passwort darf höchstens { $max } Zeichen haben.
violation-password-uppercase = Das Passwort muss einen Großbuchstaben enthalten.
violation-password-lowercase = Das Passwort muss einen Kleinbuchstaben enthalten.
violation-password-digit = Das Passwort muss eine Ziffer enthalten.
violation-password-digit-or-special = Das Passwort muss eine Ziffer oder ein Sonderzeichen enthalten.
violation-password-special = Das Passwort muss ein Sonderzeichen enthalten.
violation-password-space = Das Passwort darf keine Leerzeichen enthalten.
violation-password-blank = Das Passwort darf nicht nur aus Leerzeichen bestehen.
violation-password-common = Dieses Passwort ist zu häufig oder stammt aus einem Datenleck. Wählen Sie ein anderes.
violation-password-repetitive = Das Passwort darf keine Wiederholung und kein Tastaturmuster sein.
violation-password-guessable = Das Passwort ist zu leicht zu erraten: Verwenden Sie mehr Wörter oder Wörter, die nichts miteinander zu tun haben.
violation-password-personal = Das Passwort darf weder Ihre Adresse noch Ihren Namen noch den Namen dieses Dienstes enthalten.
violation-password-used-before = Das Passwort darf keines Ihrer letzten Passwörter sein.
violation-country = Wählen Sie ein Land aus der Liste.
violation-language = Wählen Sie eine Sprache aus der Liste.
violation-time-zone = Wählen Sie eine Zeitzone aus der Liste.
violation-required = { $field }: Bitte ausfüllen.
violation-too-short = { $field }: mindestens { $min } Zeichen.
violation-too-long = { $field }: höchstens { $max } Zeichen.
violation-malformed = { $field }: Die Angabe ist ungültig.
violation-forbidden-character = { $field }: Steuerzeichen und unsichtbare Zeichen sind nicht erlaubt.
violation-unknown = { $field }: Diese Angabe ist unbekannt.
violation-blank = { $field }: Leerzeichen allein genügen nicht.
violation-taken = { $field }: Bereits vergeben.
violation-out-of-range = { $field }: Der Wert liegt außerhalb des zulässigen Bereichs.
violation-cannot-be-cleared = { $field }: Die Angabe kann nicht gelöscht werden.
violation-not-accepted = { $field }: Die Angabe wird nicht angenommen.

field-email = E-Mail-Adresse
field-password = Passwort
field-name = Name
field-given-name = Vorname
field-family-name = Nachname
field-username = Benutzername
field-country = Land
field-language = Sprache
field-time-zone = Zeitzone
field-phone = Telefonnummer
field-postal-address = Postanschrift
field-company = Firma
field-industry = Branche
field-date-of-birth = Geburtsdatum
field-bio = Über mich
field-avatar = Bild-ID
field-notification-address = Weitere E-Mail-Adresse
field-alternate-address = Alternative E-Mail-Adresse
field-organization = Organisation
field-other = Angabe

## Registering and signing in with another provider's account

provider-continue = Weiter mit { $provider }
provider-or = oder
provider-last-used = Zuletzt verwendet
provider-leaving-title = Weiter mit { $provider }
provider-leaving = Sie werden zu { $provider } weitergeleitet.
provider-return-title = Zurück von { $provider }
provider-return = Einen Moment, wir schließen die Anmeldung ab.
error-provider-unknown-title = Nicht verfügbar
error-provider-unknown = Diese Art der Anmeldung wird nicht angeboten. Wählen Sie eine andere.
error-provider-flow-title = Bitte beginnen Sie noch einmal
error-provider-flow = Es hat zu lange gedauert, ist schon abgeschlossen oder wurde in einem anderen Browser begonnen. Beginnen Sie hier noch einmal.
error-provider-denied-title = Sie haben sich dort nicht angemeldet
error-provider-denied = Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.
error-provider-away-title = Keine Antwort von dort
error-provider-away = Es wurde nichts geändert. Versuchen Sie es in einigen Minuten noch einmal oder wählen Sie einen anderen Weg.
error-provider-invalid-title = Das hat nicht funktioniert
error-provider-invalid = Die Antwort von dort ist unbrauchbar. Es wurde nichts geändert. Wählen Sie einen anderen Weg.
error-provider-address-title = Keine E-Mail-Adresse
error-provider-address = Uns wurde keine E-Mail-Adresse mitgeteilt. Registrieren Sie sich stattdessen mit Ihrer Adresse und einem Passwort.
error-identity-taken-title = Mit einem anderen Konto verknüpft
error-identity-taken = Dieses Konto ist hier mit einem anderen Konto verknüpft. Melden Sie sich dort an und heben Sie die Verknüpfung auf.
error-identity-other-title = Nicht dasselbe Konto
error-identity-other = Dieses Konto wird hier nicht gebraucht. Versuchen Sie es mit dem richtigen noch einmal.
error-identity-many-title = Zu viele verknüpfte Konten
error-identity-many = Heben Sie zuerst eine Verknüpfung auf.
error-identity-last-title = Letzte Möglichkeit zur Anmeldung
error-identity-last = Legen Sie zuerst ein Passwort fest oder verknüpfen Sie ein anderes Konto.
error-disabled-title = Konto gesperrt
error-disabled = Sie können sich bei diesem Konto nicht anmelden. Wenden Sie sich an den Support.
