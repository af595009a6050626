# Emails. A key that ends in `-text` is for the part in plain text, where the link stands on the next line.

## Parts of several emails

mail-greeting = Guten Tag!

mail-at-operator = { $named ->
    [yes] { " " }bei { $operator }
   *[no] { "" }
}

mail-button-fails = Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
mail-lasting = Der Link gilt bis zum { $expires_at }.
mail-lasting-with-code = Link und Code gelten bis zum { $expires_at }.
mail-code = Oder geben Sie diesen Code dort ein, wo Sie sich registriert haben:
mail-never-asked = Wir fragen Sie nie nach Ihrem Passwort.
mail-not-forwarded = Bitte leiten Sie diese E-Mail nicht weiter.
mail-code-not-shared = Bitte leiten Sie diese E-Mail nicht weiter und nennen Sie niemandem den Code.

mail-not-you = Wenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, <a>wählen Sie sofort ein neues Passwort</a>.
mail-not-you-text = Wenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, wählen Sie hier sofort ein neues Passwort:
mail-forgot = Wenn Sie Ihr Passwort vergessen haben, <a>wählen Sie ein neues</a>.
mail-forgot-text = Wenn Sie Ihr Passwort vergessen haben, wählen Sie hier ein neues:

## Verify your email address

mail-verify-address-subject = Bestätigen Sie Ihre E-Mail-Adresse
mail-verify-address-what = Jemand, hoffentlich Sie, hat sich{ mail-at-operator } mit dieser E-Mail-Adresse registriert.
mail-verify-address-open = Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie innerhalb von { $expires_in } den Link und klicken Sie auf die Schaltfläche auf der Seite.
mail-verify-address-open-text = Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie innerhalb von { $expires_in } diesen Link und klicken Sie auf die Schaltfläche auf der Seite:
mail-verify-address-button = Meine Adresse bestätigen
mail-verify-address-otherwise = Wenn Sie sich nicht registriert haben, brauchen Sie nichts zu tun: Ohne Ihre Bestätigung wird kein Konto angelegt.
mail-verify-address-otherwise-account = Wenn Sie sich nicht registriert haben, brauchen Sie nichts zu tun: Ohne Ihre Bestätigung bleibt das Konto eingeschränkt und wird gelöscht.

## An administrator created an account

mail-account-made-subject = Für Sie wurde ein Konto angelegt
mail-account-made-what = Ein Administrator hat mit dieser E-Mail-Adresse ein Konto{ mail-at-operator } angelegt und dessen Passwort gewählt.
mail-account-made-open = Um es zu nutzen, öffnen Sie innerhalb von { $expires_in } den Link und wählen Sie ein Passwort, das nur Sie kennen.
mail-account-made-open-text = Um es zu nutzen, öffnen Sie innerhalb von { $expires_in } diesen Link und wählen Sie ein Passwort, das nur Sie kennen:
mail-account-made-button = Mein Konto aktivieren
mail-account-made-otherwise = Wenn Sie das Konto nicht möchten, brauchen Sie nichts zu tun: Solange Sie es nicht aktivieren, lässt es sich nicht nutzen, und es wird gelöscht.

## Somebody registered with an address that has an account

mail-already-registered-subject = Sie haben bereits ein Konto
mail-already-registered-what = Jemand, hoffentlich Sie, wollte sich{ mail-at-operator } mit dieser E-Mail-Adresse registrieren. Sie haben bereits ein Konto, daher wurde nichts geändert.
mail-already-registered-sign-in-text = Hier melden Sie sich an:
mail-already-registered-deletion = Ihr Konto wird wie von Ihnen gewünscht am { $deletion_due_at } gelöscht. Um es zu behalten, melden Sie sich vorher an und wählen Sie „{ keep-account }“.
mail-already-registered-deletion-text = Ihr Konto wird wie von Ihnen gewünscht am { $deletion_due_at } gelöscht. Um es zu behalten, melden Sie sich vorher an und wählen Sie „{ keep-account }“:
mail-already-registered-otherwise = Wenn Sie sich nicht registrieren wollten, brauchen Sie nichts zu tun: Niemand hat dabei etwas über Ihr Konto erfahren.

## Somebody came from a provider that names an address that has an account. `$identity` is the provider and the account
## there: "GitHub (octocat)".

mail-provider-link-offer-subject = Sie haben bereits ein Konto mit dieser Adresse
mail-provider-link-offer-what = Jemand, hoffentlich Sie, wollte sich{ mail-at-operator } mit { $identity } registrieren. Sie haben bereits ein Konto mit dieser E-Mail-Adresse, daher wurde nichts geändert.
mail-provider-link-offer-link = Um sich künftig mit { $provider } anzumelden, melden Sie sich wie gewohnt an und verknüpfen Sie es in Ihrem Profil.
mail-provider-link-offer-link-text = Um sich künftig mit { $provider } anzumelden, melden Sie sich wie gewohnt an und verknüpfen Sie es in Ihrem Profil:
mail-provider-link-offer-otherwise = Wenn Sie das nicht waren, verknüpfen Sie es nicht: Wer { $identity } nutzen kann, könnte sich sonst bei Ihrem Konto anmelden. Niemand hat etwas über Ihr Konto erfahren.

## Reset your password

mail-reset-password-subject = Setzen Sie Ihr Passwort zurück
mail-reset-password-what = Am { $at } hat jemand, hoffentlich Sie, darum gebeten, das Passwort Ihres Kontos{ mail-at-operator } zurückzusetzen.
mail-reset-password-open = Um ein neues zu wählen, öffnen Sie den Link innerhalb von { $expires_in }.
mail-reset-password-open-text = Um ein neues zu wählen, öffnen Sie diesen Link innerhalb von { $expires_in }:
mail-reset-password-button = Neues Passwort wählen
mail-reset-password-otherwise = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt unverändert.

## Verify a new email address

mail-confirm-new-address-subject = Bestätigen Sie Ihre neue E-Mail-Adresse
mail-confirm-new-address-what = Am { $at } hat jemand, hoffentlich Sie, diese E-Mail-Adresse als neue Adresse seines Kontos{ mail-at-operator } angegeben.
mail-confirm-new-address-open = Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie den Link innerhalb von { $expires_in }, <strong>in dem Browser, in dem Sie die Änderung angefordert haben</strong>, und klicken Sie auf die Schaltfläche auf der Seite.
mail-confirm-new-address-open-text = Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie diesen Link innerhalb von { $expires_in }, in dem Browser, in dem Sie die Änderung angefordert haben, und klicken Sie auf die Schaltfläche auf der Seite:
mail-confirm-new-address-button = Meine neue Adresse bestätigen
mail-confirm-new-address-otherwise = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ohne Ihre Bestätigung ändert sich nichts.

## Verify an additional email address

mail-confirm-secondary-address-subject = Bestätigen Sie Ihre weitere E-Mail-Adresse
mail-confirm-secondary-address-what = Am { $at } hat jemand, hoffentlich Sie, dies als weitere E-Mail-Adresse seines Kontos{ mail-at-operator } angegeben.
mail-confirm-secondary-address-open = Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie den Link innerhalb von { $expires_in }, melden Sie sich an, wenn Sie dazu aufgefordert werden, und klicken Sie auf die Schaltfläche auf der Seite.
mail-confirm-secondary-address-open-text = Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie diesen Link innerhalb von { $expires_in }, melden Sie sich an, wenn Sie dazu aufgefordert werden, und klicken Sie auf die Schaltfläche auf der Seite:
mail-confirm-secondary-address-button = Meine Adresse bestätigen
mail-confirm-secondary-address-otherwise = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ohne Ihre Bestätigung wird die Adresse nicht verwendet.

## Somebody else wanted to use the address of an account

mail-address-in-use-subject = Zu Ihrer E-Mail-Adresse gibt es bereits ein Konto
mail-address-in-use-what = Am { $at } wollte jemand die E-Mail-Adresse seines Kontos{ mail-at-operator } in die Ihre ändern. Sie haben bereits ein Konto mit dieser Adresse, daher wurde nichts geändert.
mail-address-in-use-sign-in = Wenn Sie das waren, melden Sie sich bei Ihrem bestehenden Konto an.
mail-address-in-use-sign-in-text = Wenn Sie das waren, melden Sie sich bei Ihrem bestehenden Konto an:
mail-address-in-use-otherwise = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Niemand hat dabei etwas über Ihr Konto erfahren.

## Invitation

mail-invitation-subject = Sie wurden eingeladen, ein Konto anzulegen
mail-invitation-what = Sie sind eingeladen, mit dieser E-Mail-Adresse ein Konto{ mail-at-operator } anzulegen.
mail-invitation-open = Um die Einladung anzunehmen, öffnen Sie innerhalb von { $expires_in } den Link und wählen Sie ein Passwort.
mail-invitation-open-text = Um die Einladung anzunehmen, öffnen Sie innerhalb von { $expires_in } diesen Link und wählen Sie ein Passwort:
mail-invitation-button = Passwort wählen
mail-invitation-otherwise = Wenn Sie kein Konto möchten, brauchen Sie nichts zu tun: Es wird erst angelegt, wenn Sie die Einladung annehmen.

## Notices: what happened to the account

mail-notice-password-changed-subject = Ihr Passwort wurde geändert
mail-notice-password-changed-what = Am { $at } wurde das Passwort Ihres Kontos{ mail-at-operator } geändert.

mail-notice-password-reset-subject = Ihr Passwort wurde zurückgesetzt
mail-notice-password-reset-what = Am { $at } wurde das Passwort Ihres Kontos{ mail-at-operator } über einen Link zurückgesetzt, den wir Ihnen per E-Mail gesendet haben. Das alte gilt nicht mehr.
mail-notice-password-reset-you = Wenn Sie das waren, brauchen Sie nichts zu tun, außer wenn Ihr Konto gelöscht werden soll: Ein neues Passwort ändert daran nichts. Um das Konto zu behalten, melden Sie sich an und wählen Sie „{ keep-account }“.
mail-notice-password-reset-not-you = Wenn Sie das nicht waren, kann jemand anderes Ihre E-Mails lesen: Ändern Sie zuerst das Passwort Ihres Postfachs, dann <a>wählen Sie ein neues für Ihr Konto</a>.
mail-notice-password-reset-not-you-text = Wenn Sie das nicht waren, kann jemand anderes Ihre E-Mails lesen: Ändern Sie zuerst das Passwort Ihres Postfachs, dann wählen Sie hier ein neues für Ihr Konto:

mail-notice-address-changed-subject = Ihre E-Mail-Adresse wurde geändert
mail-notice-address-changed-what = Am { $at } wurde die E-Mail-Adresse Ihres Kontos{ mail-at-operator } geändert. Diese Nachricht geht an die alte und an die neue Adresse.
mail-notice-address-changed-support = Wenn Sie sich so nicht anmelden können, wenden Sie sich an den Support.

mail-notice-address-change-requested-subject = Ihre E-Mail-Adresse soll geändert werden
mail-notice-address-change-requested-what = Am { $at } hat jemand, hoffentlich Sie, eine neue E-Mail-Adresse für Ihr Konto{ mail-at-operator } angegeben. Noch hat sich nichts geändert: Die neue Adresse muss erst bestätigt werden.
mail-notice-address-change-requested-not-you = Wenn Sie das waren, öffnen Sie den Link in der E-Mail an die neue Adresse. Wenn nicht, <a>wählen Sie sofort ein neues Passwort</a>; damit wird auch die Änderung abgebrochen.
mail-notice-address-change-requested-not-you-text = Wenn Sie das waren, öffnen Sie den Link in der E-Mail an die neue Adresse. Wenn nicht, wählen Sie hier sofort ein neues Passwort; damit wird auch die Änderung abgebrochen:

mail-notice-secondary-address-confirmed-subject = Eine weitere E-Mail-Adresse wurde bestätigt
mail-notice-secondary-address-confirmed-what = Am { $at } wurde eine weitere E-Mail-Adresse Ihres Kontos{ mail-at-operator } bestätigt.
mail-notice-secondary-address-confirmed-remove = Entfernen Sie die Adresse dann wieder aus den Angaben zu Ihrem Konto.

mail-notice-identity-linked-subject = Eine Anmeldemöglichkeit wurde hinzugefügt
mail-notice-identity-linked-what = Am { $at } wurde { $identity } mit Ihrem Konto{ mail-at-operator } verknüpft. Sie können sich jetzt damit anmelden.
# Behind "If not, reset your password immediately."
mail-notice-identity-linked-remove = Heben Sie die Verknüpfung dann wieder auf.

mail-notice-identity-unlinked-subject = Eine Anmeldemöglichkeit wurde entfernt
mail-notice-identity-unlinked-what = Am { $at } wurde die Verknüpfung von { $identity } mit Ihrem Konto{ mail-at-operator } aufgehoben. Damit ist keine Anmeldung mehr möglich.

mail-notice-sessions-ended-subject = Sie wurden überall sonst abgemeldet
mail-notice-sessions-ended-what = Am { $at } wurden alle anderen Sitzungen Ihres Kontos{ mail-at-operator } beendet, von Ihnen oder von einem Administrator.
mail-notice-sessions-ended-not-you = Wenn Sie das waren oder davon wussten, brauchen Sie nichts zu tun. Wenn nicht, <a>wählen Sie sofort ein neues Passwort</a>.
mail-notice-sessions-ended-not-you-text = Wenn Sie das waren oder davon wussten, brauchen Sie nichts zu tun. Wenn nicht, wählen Sie hier sofort ein neues Passwort:

mail-notice-deletion-requested-subject = Ihr Konto wird gelöscht
mail-notice-deletion-requested-what = Am { $at } hat jemand, hoffentlich Sie, die Löschung Ihres Kontos{ mail-at-operator } angefordert. Es kann nicht mehr genutzt werden und wird demnächst gelöscht.
mail-notice-deletion-requested-what-when = Am { $at } hat jemand, hoffentlich Sie, die Löschung Ihres Kontos{ mail-at-operator } angefordert. Es kann nicht mehr genutzt werden und wird am { $deletion_due_at } gelöscht.
mail-notice-deletion-requested-keep = Wenn Sie es behalten möchten, melden Sie sich an und wählen Sie „{ keep-account }“, bevor es gelöscht wird.
mail-notice-deletion-requested-keep-text = Wenn Sie es behalten möchten, melden Sie sich an und wählen Sie „{ keep-account }“, bevor es gelöscht wird:
mail-notice-deletion-requested-keep-when = Wenn Sie es behalten möchten, melden Sie sich an und wählen Sie „{ keep-account }“, bevor es gelöscht wird.
mail-notice-deletion-requested-keep-when-text = Wenn Sie es behalten möchten, melden Sie sich an und wählen Sie „{ keep-account }“, bevor es gelöscht wird:
mail-notice-deletion-requested-not-you = Wenn Sie das nicht waren, <a>wählen Sie sofort ein neues Passwort</a>, und dann „{ keep-account }“.
mail-notice-deletion-requested-not-you-text = Wenn Sie das nicht waren, wählen Sie hier sofort ein neues Passwort, und dann „{ keep-account }“:

mail-notice-deletion-cancelled-subject = Ihr Konto wird nicht gelöscht
mail-notice-deletion-cancelled-what = Am { $at } hat sich jemand, hoffentlich Sie, in Ihrem Konto{ mail-at-operator } angemeldet und die Löschung abgebrochen. Ihr Konto bleibt bestehen.

mail-notice-became-administrator-subject = Ihr Konto ist jetzt ein Administratorkonto
mail-notice-became-administrator-what = Am { $at } wurde Ihr Konto{ mail-at-operator } zum Administratorkonto: Es kann jetzt andere Konten einsehen und ändern.
mail-notice-became-administrator-not-you = Wenn Sie das nicht erwartet haben, wenden Sie sich an den Support. Wenn jemand anderes Ihr Passwort kennen könnte, <a>wählen Sie sofort ein neues</a>.
mail-notice-became-administrator-not-you-text = Wenn Sie das nicht erwartet haben, wenden Sie sich an den Support. Wenn jemand anderes Ihr Passwort kennen könnte, wählen Sie hier sofort ein neues:

mail-notice-account-disabled-subject = Ihr Konto wurde gesperrt
mail-notice-account-disabled-what = Am { $at } wurde Ihr Konto{ mail-at-operator } gesperrt. Niemand kann sich dort anmelden, bis es entsperrt wird.
mail-notice-account-disabled-support = Wenn Sie das für einen Irrtum halten, wenden Sie sich an den Support. Ein neues Passwort hilft nicht.

mail-notice-account-enabled-subject = Ihr Konto wurde entsperrt
mail-notice-account-enabled-what = Am { $at } wurde Ihr Konto{ mail-at-operator } entsperrt.
mail-notice-account-enabled-what-text = Am { $at } wurde Ihr Konto{ mail-at-operator } entsperrt. Hier können Sie sich anmelden:
mail-notice-account-enabled-forgot = Wenn Sie Ihr Passwort vergessen haben oder jemand anderes es kennen könnte, <a>wählen Sie ein neues</a>.
mail-notice-account-enabled-forgot-text = Wenn Sie Ihr Passwort vergessen haben oder jemand anderes es kennen könnte, wählen Sie hier ein neues:
