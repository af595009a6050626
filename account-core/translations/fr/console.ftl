# La console : les pages des administrateurs.

console-title = Console
console-open = Ouvrir la console
console-skip = Aller au contenu
console-pages = Pages
console-first = Première page
console-next = Page suivante
console-search = Rechercher
console-any = Tous
console-optional = Facultatif.
console-save = Enregistrer
console-create = Créer
console-delete = Supprimer
console-cancel = Annuler
console-one-a-line = Un par ligne.
console-refused = Rien n’a été modifié :
console-as-table = Afficher sous forme de tableau
console-actions = Actions

## The parts of the console

console-dashboard = Tableau de bord
console-accounts = Comptes
console-invitations = Invitations
console-registrations = Inscriptions
console-outbox = Boîte d’envoi
console-features = Fonctionnalités
console-organizations = Organisations
console-clients = Clients
console-audit = Journal d’audit

## Names of values

console-id = Identifiant
console-address = Adresse e-mail
console-name = Nom
console-username = Nom d’utilisateur
console-role = Rôle
console-state = État
console-organization = Organisation
console-organization-id = Identifiant de l’organisation
console-organization-role = Rôle dans l’organisation
console-account = Compte
console-account-id = Identifiant du compte
console-country = Pays
console-language = Langue
console-time-zone = Fuseau horaire
console-created = Création
console-verified = Confirmation
console-disabled = Désactivation
console-deletion-due = Suppression prévue
console-expires = Expiration
console-channel = Canal
console-client = Navigateur ou application
console-signed-in = Connexion
console-last-used = Dernière utilisation
console-agreed = Accord donné
console-client-address = Adresse IP
console-code = Code
console-time = Date et heure
console-event = Événement
console-actor = Par
console-detail = Détail
console-operator = Ligne de commande
console-service = Service
console-reason = Motif

## Roles and states

console-role-user = Utilisateur
console-role-admin = Administrateur
console-role-super-admin = Super administrateur
console-role-member = Membre
console-role-organization-administrator = Administrateur de l’organisation
console-state-active = Actif
console-state-unverified = Non confirmé
console-state-deleting = En cours de suppression
console-state-disabled = Désactivé
console-state-pending = En attente
console-state-expired = Expiré
console-state-completed = Terminé
console-state-taken = Adresse reprise par son titulaire
console-state-void = N’est plus valable
console-state-accepted = Acceptée
console-state-revoked = Révoquée
console-state-queued = En attente
console-state-sent = Envoyé
console-state-dropped = Abandonné
console-state-dead = Non distribuable
console-state-bounced = Retourné

## The password once more

console-password-title = Confirmez votre mot de passe
console-password-text = Pour cette action, le mot de passe doit avoir été saisi au cours des cinq dernières minutes.
console-password-button = Confirmer et continuer

## What was done

console-done-disabled = Le compte a été désactivé.
console-done-enabled = Le compte a été réactivé.
console-done-sessions = Les sessions du compte ont été fermées.
console-done-role = Le rôle a été modifié.
console-done-deleted = Suppression effectuée.
console-done-mail = Un nouvel e-mail est en route si l’inscription est toujours en attente.
console-done-invited = L’invitation est en route.
console-done-revoked = L’invitation a été révoquée.
console-done-redriven = L’entrée a été remise en file. Elle sera distribuée maintenant si elle est encore valable.
console-done-dropped = L’entrée a été abandonnée.
console-done-saved = Vos modifications ont été enregistrées.
console-done-member = L’appartenance a été enregistrée.
console-done-member-removed = Le compte n’est plus membre.

## Why something was not done

console-refused-closed = Les inscriptions sont fermées : personne ne peut être invité.
console-refused-role = Votre rôle ne le permet pas. Vous ne pouvez pas non plus désactiver ni supprimer votre propre compte ici.
console-refused-unverified = L’adresse du compte n’est pas confirmée.
console-refused-changed = Quelqu’un d’autre a fait une modification entre-temps. Le formulaire montre votre saisie à côté de ce qui est enregistré maintenant. Enregistrez à nouveau pour le remplacer.
console-refused-registered = Cette adresse a déjà un compte.
console-refused-invited = Cette adresse est déjà invitée.
console-refused-code = Une autre organisation a ce code.
console-refused-client = Un autre client a cet identifiant.
console-refused-not-empty = L’organisation a encore des membres ou des clients.
console-refused-weak-password = Le mot de passe du compte est peut-être trop faible pour un administrateur. Demandez d’abord à son titulaire d’en choisir un nouveau.
console-refused-last-super-admin = Il faut au moins un super administrateur.
console-refused-entry = L’état de l’entrée ne le permet pas.
console-refused-invitation = L’invitation n’est plus valable.
console-refused-account-id = Saisissez l’identifiant d’un compte. La page du compte l’affiche.
console-refused-feature = Un des domaines ou identifiants, ou le motif, n’est pas valable.
console-refused-feature-organization = Aucune organisation n’a l’un de ces identifiants.

## Accounts

console-accounts-search = Adresse, nom ou nom d’utilisateur
console-accounts-search-hint = Une partie suffit. L’identifiant d’un compte ouvre le compte.
console-accounts-none = Aucun compte trouvé.
console-sessions = Sessions
console-sessions-none = Personne n’est connecté.
console-latest = Derniers événements
console-all-events = Tous les événements de ce compte
console-registrations-of = Inscriptions avec cette adresse
console-resend = Renvoyer l’e-mail
console-resend-title = E-mail de confirmation
console-resend-text = Envoie un nouvel e-mail avec un lien pour confirmer l’adresse, si l’inscription est toujours en attente.
console-end-sessions = Fermer toutes les sessions
console-end-sessions-text = Toute personne connectée au compte devra se reconnecter. L’adresse du compte reçoit un avis.
console-disable = Désactiver le compte
console-disable-title = Désactiver ce compte
console-disable-text = Ses sessions sont fermées et personne ne peut se connecter tant qu’il n’est pas réactivé. L’adresse du compte reçoit un avis, sans le motif.
console-enable = Réactiver le compte
console-enable-title = Réactiver ce compte
console-enable-text = Son titulaire peut de nouveau se connecter. L’adresse du compte reçoit un avis.
console-reason-hint = Facultatif. Il est conservé dans le journal d’audit et fait partie des données que le titulaire du compte peut télécharger.
console-set-role = Modifier le rôle
console-set-role-title = Modifier le rôle
console-set-role-text = Les sessions du compte sont fermées.
console-delete-account = Supprimer le compte
console-delete-account-title = Supprimer ce compte
console-delete-account-text = Le compte est supprimé immédiatement, avec toutes ses données. Cette action est irréversible.

## Invitations

console-invitations-none = Aucune invitation.
console-invite = Inviter
console-invite-title = Inviter une personne
console-invite-text = Nous envoyons un lien par e-mail. La personne choisit un mot de passe en acceptant. Seuls les super administrateurs peuvent inviter des administrateurs.
console-revoke = Révoquer

## Registrations

console-registrations-none = Aucune inscription.
console-registrations-hint = L’adresse complète.

## Outbox

console-outbox-none = Il n’y a rien ici.
console-intent = Objet
console-recipient = Destinataire
console-attempts = Tentatives
console-due = Échéance ou fin
console-note = Remarque
console-redrive = Distribuer de nouveau
console-drop = Abandonner

## Feature flags

console-feature-value = Cette fonctionnalité est
console-on = Activée
console-off = Désactivée
console-feature-changed = Modifiée le { $at }.
console-feature-by = Par cet administrateur
console-feature-registration = Inscription
console-feature-registration-text = Qui peut s’inscrire. La connexion n’est pas concernée.
console-feature-social = Inscription avec d’autres fournisseurs
console-feature-social-text = Si l’on peut s’inscrire avec un compte d’un autre fournisseur.
console-feature-password = Inscription avec un mot de passe
console-feature-password-text = Si l’on peut s’inscrire avec un mot de passe.
console-feature-newsletter = Lettre d’information
console-feature-newsletter-text = Si l’on propose de recevoir des lettres d’information.
console-mode = Qui peut s’inscrire
console-mode-open = Tout le monde
console-mode-restricted = Seulement les domaines et organisations indiqués
console-mode-invitation = Seulement les personnes invitées
console-mode-closed = Personne
console-domains = Domaines
console-domains-hint = Un par ligne. Ils sont pris en compte si seuls les domaines indiqués peuvent s’inscrire.
console-organization-ids = Identifiants d’organisations
console-organization-ids-hint = Un par ligne. Ils sont pris en compte si seules les organisations indiquées peuvent s’inscrire.
console-feature-reason-hint = Facultatif. Les personnes qui ne peuvent pas s’inscrire le voient.
console-refuses-pending = Refuser aussi les inscriptions et invitations en attente

## Organizations and clients

console-organizations-none = Aucune organisation.
console-organization-create = Créer une organisation
console-organization-change = Modifier cette organisation
console-organization-delete = Supprimer cette organisation
console-organization-delete-text = Seule une organisation sans membres ni clients peut être supprimée.
console-code-hint = Un nom court pour les programmes : lettres, chiffres et . _ -
console-callback-origins = Origines des URL de rappel
console-self-named = Administrateurs à l’inscription
console-self-named-hint = Si cette option est activée, les applications peuvent enregistrer des personnes comme administrateurs de l’organisation.
console-invite-here = Inviter une personne dans cette organisation
console-members = Membres
console-members-none = Aucun membre.
console-member-set = Ajouter un membre ou modifier un rôle
console-member-text = Le compte quitte l’organisation à laquelle il appartient actuellement.
console-member-remove = Retirer
console-clients-none = Aucun client.
console-client-create = Enregistrer un client
console-client-change = Modifier ce client
console-client-delete = Supprimer ce client
console-client-delete-text = Ses URL de rappel et ses réseaux ne sont plus pris en compte, avec effet immédiat.
console-client-id-hint = Lettres, chiffres et . _ - L’identifiant ne peut plus être modifié ensuite.
console-redirect-uris = URI de redirection
console-networks = Réseaux
console-networks-hint = Un par ligne, par exemple 203.0.113.0/24. Les limites par réseau client ne s’y appliquent pas.

## Audit trail

console-audit-none = Aucune entrée.

## Dashboard

console-days = Période
console-day = Jour (UTC)
console-funnel = Inscriptions par jour
console-funnel-about = Inscriptions, e-mails envoyés, inscriptions confirmées et connexions de chaque jour.
console-series-registered = Inscriptions
console-series-mailed = E-mails envoyés
console-series-confirmed = Confirmations
console-series-signed-in = Connexions
console-until-mailed = Délai jusqu’à l’envoi de l’e-mail
console-until-mailed-about = Délai entre l’inscription et l’envoi du premier e-mail, selon le jour de l’envoi. Médiane et 95e centile d’au plus 1 000 e-mails par jour.
console-until-confirmed = Délai jusqu’à la confirmation de l’adresse
console-until-confirmed-about = Délai entre l’inscription et la confirmation de l’adresse, selon le jour de la confirmation. Médiane et 95e centile d’au plus 1 000 personnes par jour.
console-series-median = Médiane
console-series-p95 = 95e centile
console-queues = Boîte d’envoi actuelle
console-queues-about = Entrées en attente et entrées non distribuables de chaque file.
console-queue = File
console-oldest = Plus ancienne entrée en attente
console-series-queued = En attente
console-series-dead = Non distribuables
console-dead-letters = Afficher les entrées non distribuables
console-instance-title = Cette instance
console-instance = Compté par l’instance qui a répondu, depuis le { $since }. Les autres instances ont leurs propres chiffres.
console-limits = Refus par limite
console-limits-about = Requêtes que chaque limite a refusées.
console-limit = Limite
console-series-refused = Refusés
console-hashing = Hachages de mots de passe
console-hashing-about = Hachages calculés et refusés, selon leur but.
console-class = Pour
console-series-computed = Calculés
console-mean-wait = Attente moyenne
console-p95-wait = Attente, 95e centile

## Short times

console-milliseconds = { $count } ms
console-seconds = { $count } s
console-minutes = { $count } min
console-hours = { $count } h
