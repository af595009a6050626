profile-title = Ihr Konto
profile-on-this-page = Auf dieser Seite
profile-verified-on = Bestätigt am { $at }
profile-unverified = Diese Adresse ist nicht bestätigt. Bestätigen Sie sie, bevor Sie hier etwas ändern. <a>E-Mail erneut senden</a>.
profile-go = Zu diesem Abschnitt

## Its parts

profile-account-title = Konto
profile-security-title = Sicherheit
profile-privacy-title = Datenschutz

## What was done

profile-done-details = Ihre Angaben wurden gespeichert.
profile-done-password = Ihr Passwort wurde geändert. Überall sonst wurden Sie abgemeldet.
profile-done-email = Wir haben eine E-Mail an die neue Adresse gesendet. Öffnen Sie den Link in diesem Browser, während Sie angemeldet sind. Bis dahin bleibt Ihre Adresse unverändert.
profile-done-session = Die Sitzung wurde beendet.
profile-done-sessions = Überall sonst wurden Sie abgemeldet.
profile-done-recovery = Ihr Konto wird nicht gelöscht.

## Details

profile-details-title = Angaben
profile-details-text = Alle Felder sind optional. Leeren Sie ein Feld, um seinen Inhalt zu löschen.
profile-details-save = Angaben speichern
profile-details-refused = Ihre Angaben wurden nicht gespeichert. Bitte korrigieren Sie die folgenden Fehler.
profile-details-outdated = Ihre Angaben wurden in einem anderen Fenster geändert, daher wurden Ihre Änderungen nicht gespeichert. Das Formular zeigt Ihre Eingaben neben dem, was jetzt gespeichert ist. Speichern Sie erneut, um es zu überschreiben.
profile-details-sign-in-again = Ihre Angaben wurden nicht gespeichert. Um eine E-Mail-Adresse zu ändern, müssen Sie sich in den letzten fünf Minuten angemeldet haben. Melden Sie sich erneut an und speichern Sie dann.
profile-now-empty = Jetzt leer.
profile-now = Jetzt: { $value }
profile-address-verified = Bestätigt.
profile-address-unverified = Noch nicht bestätigt: Öffnen Sie den Link in der E-Mail, die wir an diese Adresse gesendet haben.
profile-newsletter = Newsletter erhalten

profile-group-name = Name
profile-group-place = Ort und Sprache
profile-group-contact = Kontakt
profile-group-work = Beruf
profile-group-about = Über Sie

profile-name = Vollständiger Name
profile-given-name = Vorname
profile-family-name = Nachname
profile-username = Benutzername
profile-username-hint = Für andere sichtbar. Sie können sich damit anstelle Ihrer E-Mail-Adresse anmelden.
profile-country = Land
profile-language = Sprache
profile-time-zone = Zeitzone
profile-phone = Telefonnummer
profile-phone-hint = Mit Ländervorwahl, zum Beispiel +49 30 901820.
profile-postal-address = Postanschrift
profile-notification-address = Weitere E-Mail-Adresse für Hinweise
profile-notification-address-hint = Hinweise zu Ihrem Konto senden wir auch hierhin.
profile-alternate-address = Alternative E-Mail-Adresse
profile-alternate-address-hint = Ein weiterer Weg, Sie zu erreichen. Das Passwort lässt sich damit nicht zurücksetzen.
profile-company = Firma
profile-industry = Branche
profile-date-of-birth = Geburtsdatum
profile-bio = Über mich
profile-avatar = Bild-ID
profile-avatar-hint = Die Anwendung, die Sie nutzen, speichert das Bild selbst.

## Password

profile-password-title = Passwort
profile-password-text = Mit einem neuen Passwort werden Sie überall sonst abgemeldet.
profile-password-change = Passwort ändern
profile-password-refused = Ihr Passwort wurde nicht geändert. Bitte korrigieren Sie die folgenden Fehler.

## Email address

profile-email-title = E-Mail-Adresse
profile-email-text = Ihre Adresse ist <strong>{ $address }</strong>. Um sie zu ändern, geben Sie eine neue ein und öffnen Sie den Link, den wir an diese senden.
profile-email-new = Neue E-Mail-Adresse
profile-email-send = Bestätigungs-E-Mail senden
profile-email-refused = Ihre Adresse wurde nicht geändert. Bitte korrigieren Sie die folgenden Fehler.

## Sessions

profile-sessions-title = Sitzungen
profile-session-current = dieser Browser
profile-session-unknown-client = Unbekanntes Programm
profile-session-client = { $browser } unter { $system }
profile-session-times = Angemeldet am { $created }, zuletzt verwendet am { $used }.
profile-session-times-from = Von { $address }. Angemeldet am { $created }, zuletzt verwendet am { $used }.
profile-session-end = Beenden
profile-session-end-label = Sitzung beenden: { $client }, angemeldet am { $created }
profile-sessions-end-others = Alle anderen Sitzungen beenden
profile-sign-out = Abmelden

## Privacy

profile-consents-title = Ihre Zustimmungen
profile-consent-terms = { terms-of-service }, Version { $version }, am { $at }
profile-consent-privacy = { privacy-policy }, Version { $version }, am { $at }
profile-export-title = Ihre Daten
profile-export-text = Laden Sie alles herunter, was wir über Sie speichern: Ihr Konto, seine Sitzungen und was damit geschehen ist, als JSON-Datei.
profile-export-button = Meine Daten herunterladen
profile-export-refused = Ihre Daten wurden nicht heruntergeladen. Bitte korrigieren Sie den folgenden Fehler.

## Deletion

profile-deletion-title = Konto löschen
profile-deletion-text = Sie werden sofort überall abgemeldet. Einige Tage später wird alles gelöscht, was wir über Sie gespeichert haben. Bis dahin können Sie sich anmelden und die Löschung abbrechen.
profile-deletion-confirm = Mein Konto mit seinem gesamten Inhalt löschen
profile-deletion-unconfirmed = Setzen Sie hier ein Häkchen, um Ihr Konto zu löschen.
profile-deletion-button = Mein Konto löschen
profile-deletion-refused = Ihr Konto wurde nicht gelöscht. Bitte korrigieren Sie die folgenden Fehler.
profile-deletion-last-super-admin = Sie sind der letzte Superadministrator. Machen Sie ein anderes Konto zum Superadministrator, bevor Sie dieses löschen.

## Linked accounts

profile-identities-title = Verknüpfte Konten
profile-identities-text = Mit diesen Konten können Sie sich anmelden.
profile-identities-none = Es ist kein Konto verknüpft.
profile-identity-times = Verknüpft: { $linked }. Zuletzt verwendet: { $used }.
profile-identity-unlink = Verknüpfung aufheben
profile-identity-unlink-label = Verknüpfung aufheben: { $provider }, { $account }
profile-identity-link = { $provider } verknüpfen
profile-identity-confirm = Mit { $provider } statt mit einem Passwort bestätigen
profile-identities-refused = Es wurde nichts geändert. Korrigieren Sie den Fehler unten.
profile-done-linked = Das Konto ist verknüpft. Sie können sich damit anmelden.
profile-done-unlinked = Das Konto ist nicht mehr verknüpft.
profile-done-confirmed = Sie haben bestätigt, dass Sie es sind.

## Regions of time zones

zone-region-africa = Afrika
zone-region-america = Amerika
zone-region-antarctica = Antarktis
zone-region-arctic = Arktis
zone-region-asia = Asien
zone-region-atlantic = Atlantik
zone-region-australia = Australien
zone-region-europe = Europa
zone-region-indian = Indischer Ozean
zone-region-pacific = Pazifik
zone-region-other = Andere
