# Die Konsole: die Seiten für Administratoren.

console-title = Konsole
console-open = Konsole öffnen
console-skip = Zum Inhalt springen
console-pages = Seiten
console-first = Erste Seite
console-next = Nächste Seite
console-search = Suchen
console-any = Alle
console-optional = Optional.
console-save = Speichern
console-create = Anlegen
console-delete = Löschen
console-cancel = Abbrechen
console-one-a-line = Eine Angabe pro Zeile.
console-refused = Es wurde nichts geändert:
console-as-table = Als Tabelle anzeigen
console-actions = Aktionen

## The parts of the console

console-dashboard = Übersicht
console-accounts = Konten
console-invitations = Einladungen
console-registrations = Registrierungen
console-outbox = Postausgang
console-features = Funktionen
console-organizations = Organisationen
console-clients = Clients
console-audit = Protokoll

## Names of values

console-id = ID
console-address = E-Mail-Adresse
console-name = Name
console-username = Benutzername
console-role = Rolle
console-state = Status
console-organization = Organisation
console-organization-id = ID der Organisation
console-organization-role = Rolle in der Organisation
console-account = Konto
console-account-id = ID des Kontos
console-country = Land
console-language = Sprache
console-time-zone = Zeitzone
console-created = Angelegt
console-verified = Bestätigt
console-disabled = Gesperrt
console-deletion-due = Wird gelöscht
console-expires = Läuft ab
console-channel = Kanal
console-client = Browser oder App
console-signed-in = Angemeldet
console-last-used = Zuletzt verwendet
console-agreed = Zugestimmt
console-client-address = IP-Adresse
console-code = Kürzel
console-time = Zeit
console-event = Ereignis
console-actor = Durch
console-detail = Details
console-operator = Befehlszeile
console-service = Dienst
console-reason = Grund

## Roles and states

console-role-user = Benutzer
console-role-admin = Administrator
console-role-super-admin = Superadministrator
console-role-member = Mitglied
console-role-organization-administrator = Administrator der Organisation
console-state-active = Aktiv
console-state-unverified = Nicht bestätigt
console-state-deleting = Wird gelöscht
console-state-disabled = Gesperrt
console-state-pending = Offen
console-state-expired = Abgelaufen
console-state-completed = Abgeschlossen
console-state-taken = Adresse vom Inhaber übernommen
console-state-void = Nicht mehr gültig
console-state-accepted = Angenommen
console-state-revoked = Zurückgezogen
console-state-queued = Wartet
console-state-sent = Gesendet
console-state-dropped = Verworfen
console-state-dead = Unzustellbar
console-state-bounced = Zurückgekommen

## The password once more

console-password-title = Passwort bestätigen
console-password-text = Für diese Aktion muss das Passwort in den letzten fünf Minuten eingegeben worden sein.
console-password-button = Bestätigen und fortfahren

## What was done

console-done-disabled = Das Konto wurde gesperrt.
console-done-enabled = Das Konto wurde entsperrt.
console-done-sessions = Die Sitzungen des Kontos wurden beendet.
console-done-role = Die Rolle wurde geändert.
console-done-deleted = Gelöscht.
console-done-mail = Eine weitere E-Mail ist unterwegs, falls die Registrierung noch offen ist.
console-done-invited = Die Einladung ist unterwegs.
console-done-revoked = Die Einladung wurde zurückgezogen.
console-done-redriven = Der Eintrag ist wieder in der Warteschlange. Er wird jetzt zugestellt, falls er noch gültig ist.
console-done-dropped = Der Eintrag wurde verworfen.
console-done-saved = Ihre Änderungen wurden gespeichert.
console-done-member = Die Mitgliedschaft wurde gespeichert.
console-done-member-removed = Das Konto ist kein Mitglied mehr.

## Why something was not done

console-refused-closed = Die Registrierung ist geschlossen. Deshalb kann niemand eingeladen werden.
console-refused-role = Ihre Rolle erlaubt das nicht. Auch Ihr eigenes Konto können Sie hier weder sperren noch löschen.
console-refused-unverified = Die Adresse des Kontos ist nicht bestätigt.
console-refused-changed = In der Zwischenzeit hat jemand anders etwas geändert. Das Formular zeigt Ihre Eingaben neben dem, was jetzt gespeichert ist. Speichern Sie erneut, um es zu überschreiben.
console-refused-registered = Zu dieser Adresse gibt es bereits ein Konto.
console-refused-invited = Diese Adresse ist bereits eingeladen.
console-refused-code = Eine andere Organisation hat dieses Kürzel.
console-refused-client = Ein anderer Client hat diese ID.
console-refused-not-empty = Zur Organisation gehören noch Mitglieder oder Clients.
console-refused-weak-password = Das Passwort des Kontos ist für einen Administrator möglicherweise zu schwach. Bitten Sie den Inhaber, zuerst ein neues Passwort zu wählen.
console-refused-last-super-admin = Es muss mindestens einen Superadministrator geben.
console-refused-entry = Der Status des Eintrags lässt das nicht zu.
console-refused-invitation = Die Einladung gilt nicht mehr.
console-refused-account-id = Geben Sie die ID eines Kontos ein. Sie steht auf der Seite des Kontos.
console-refused-feature = Eine der Domains oder IDs oder der Grund ist ungültig.
console-refused-feature-organization = Zu einer der IDs gibt es keine Organisation.

## Accounts

console-accounts-search = Adresse, Name oder Benutzername
console-accounts-search-hint = Ein Teil genügt. Die ID eines Kontos öffnet das Konto.
console-accounts-none = Keine Konten gefunden.
console-sessions = Sitzungen
console-sessions-none = Niemand ist angemeldet.
console-latest = Letzte Ereignisse
console-all-events = Alle Ereignisse dieses Kontos
console-registrations-of = Registrierungen mit dieser Adresse
console-resend = E-Mail erneut senden
console-resend-title = Bestätigungs-E-Mail
console-resend-text = Sendet eine weitere E-Mail mit einem Link zum Bestätigen der Adresse, falls die Registrierung noch offen ist.
console-end-sessions = Alle Sitzungen beenden
console-end-sessions-text = Wer mit dem Konto angemeldet ist, muss sich erneut anmelden. Die Adresse des Kontos erhält eine Mitteilung.
console-disable = Konto sperren
console-disable-title = Dieses Konto sperren
console-disable-text = Die Sitzungen enden, und niemand kann sich anmelden, bis das Konto entsperrt wird. Die Adresse des Kontos erhält eine Mitteilung ohne den Grund.
console-enable = Konto entsperren
console-enable-title = Dieses Konto entsperren
console-enable-text = Der Inhaber kann sich wieder anmelden. Die Adresse des Kontos erhält eine Mitteilung.
console-reason-hint = Optional. Er wird im Protokoll gespeichert und gehört zu den Daten, die der Inhaber des Kontos herunterladen kann.
console-set-role = Rolle ändern
console-set-role-title = Die Rolle ändern
console-set-role-text = Die Sitzungen des Kontos enden.
console-delete-account = Konto löschen
console-delete-account-title = Dieses Konto löschen
console-delete-account-text = Das Konto wird sofort gelöscht, mit allen Daten. Das kann nicht rückgängig gemacht werden.

## Invitations

console-invitations-none = Keine Einladungen.
console-invite = Einladen
console-invite-title = Eine Person einladen
console-invite-text = Wir senden einen Link per E-Mail. Die Person wählt ein Passwort, wenn sie annimmt. Nur Superadministratoren können Administratoren einladen.
console-revoke = Zurückziehen

## Registrations

console-registrations-none = Keine Registrierungen.
console-registrations-hint = Die vollständige Adresse.

## Outbox

console-outbox-none = Hier ist nichts.
console-intent = Zweck
console-recipient = Empfänger
console-attempts = Versuche
console-due = Fällig oder erledigt
console-note = Hinweis
console-redrive = Erneut zustellen
console-drop = Verwerfen

## Feature flags

console-feature-value = Diese Funktion ist
console-on = An
console-off = Aus
console-feature-changed = Geändert am { $at }.
console-feature-by = Von diesem Administrator
console-feature-registration = Registrierung
console-feature-registration-text = Wer sich registrieren kann. Das Anmelden ist davon nicht betroffen.
console-feature-social = Registrierung über andere Anbieter
console-feature-social-text = Ob man sich mit einem Konto eines anderen Anbieters registrieren kann.
console-feature-password = Registrierung mit Passwort
console-feature-password-text = Ob man sich mit einem Passwort registrieren kann.
console-feature-newsletter = Newsletter
console-feature-newsletter-text = Ob Personen gefragt werden, ob sie Newsletter erhalten möchten.
console-mode = Wer sich registrieren kann
console-mode-open = Alle
console-mode-restricted = Nur aufgeführte Domains und Organisationen
console-mode-invitation = Nur Eingeladene
console-mode-closed = Niemand
console-domains = Domains
console-domains-hint = Eine pro Zeile. Sie zählen, wenn sich nur aufgeführte Domains registrieren können.
console-organization-ids = IDs von Organisationen
console-organization-ids-hint = Eine pro Zeile. Sie zählen, wenn sich nur aufgeführte Organisationen registrieren können.
console-feature-reason-hint = Optional. Wer sich nicht registrieren kann, sieht diesen Grund.
console-refuses-pending = Auch offene Registrierungen und Einladungen ablehnen

## Organizations and clients

console-organizations-none = Keine Organisationen.
console-organization-create = Eine Organisation anlegen
console-organization-change = Diese Organisation ändern
console-organization-delete = Diese Organisation löschen
console-organization-delete-text = Nur eine Organisation ohne Mitglieder und Clients kann gelöscht werden.
console-code-hint = Ein kurzer Name für Programme: Buchstaben, Ziffern und . _ -
console-callback-origins = Origins von Callback-URLs
console-self-named = Administratoren durch Registrierung
console-self-named-hint = Wenn dies an ist, können Anwendungen Personen als Administratoren der Organisation registrieren.
console-invite-here = Eine Person in diese Organisation einladen
console-members = Mitglieder
console-members-none = Keine Mitglieder.
console-member-set = Ein Mitglied hinzufügen oder eine Rolle ändern
console-member-text = Das Konto verlässt die Organisation, zu der es jetzt gehört.
console-member-remove = Entfernen
console-clients-none = Keine Clients.
console-client-create = Einen Client registrieren
console-client-change = Diesen Client ändern
console-client-delete = Diesen Client löschen
console-client-delete-text = Seine Callback-URLs und Netze gelten sofort nicht mehr.
console-client-id-hint = Buchstaben, Ziffern und . _ - Die ID kann später nicht geändert werden.
console-redirect-uris = Redirect-URIs
console-networks = Netze
console-networks-hint = Eines pro Zeile, zum Beispiel 203.0.113.0/24. Limits pro Client-Netz gelten für sie nicht.

## Audit trail

console-audit-none = Keine Einträge.

## Dashboard

console-days = Zeitraum
console-day = Tag (UTC)
console-funnel = Registrierungen pro Tag
console-funnel-about = Registrierungen, gesendete E-Mails, bestätigte Registrierungen und Anmeldungen jedes Tages.
console-series-registered = Registriert
console-series-mailed = E-Mails gesendet
console-series-confirmed = Bestätigt
console-series-signed-in = Anmeldungen
console-until-mailed = Zeit bis zum Senden der E-Mail
console-until-mailed-about = Zeit vom Registrieren bis zum Senden der ersten E-Mail, nach dem Tag des Sendens. Median und 95. Perzentil von höchstens 1.000 E-Mails pro Tag.
console-until-confirmed = Zeit bis zum Bestätigen der Adresse
console-until-confirmed-about = Zeit vom Registrieren bis zum Bestätigen der Adresse, nach dem Tag des Bestätigens. Median und 95. Perzentil von höchstens 1.000 Personen pro Tag.
console-series-median = Median
console-series-p95 = 95. Perzentil
console-queues = Postausgang jetzt
console-queues-about = Wartende und unzustellbare Einträge jeder Warteschlange.
console-queue = Warteschlange
console-oldest = Ältester wartender Eintrag
console-series-queued = Wartend
console-series-dead = Unzustellbar
console-dead-letters = Unzustellbare Einträge anzeigen
console-instance-title = Diese Instanz
console-instance = Von der Instanz gezählt, die geantwortet hat, seit { $since }. Andere Instanzen haben eigene Zahlen.
console-limits = Ablehnungen nach Limit
console-limits-about = Anfragen, die jedes Limit abgelehnt hat.
console-limit = Limit
console-series-refused = Abgelehnt
console-hashing = Passwort-Hashes
console-hashing-about = Berechnete und abgelehnte Hashes, nach ihrem Zweck.
console-class = Für
console-series-computed = Berechnet
console-mean-wait = Mittlere Wartezeit
console-p95-wait = Wartezeit, 95. Perzentil

## Short times

console-milliseconds = { $count } ms
console-seconds = { $count } s
console-minutes = { $count } min
console-hours = { $count } h
