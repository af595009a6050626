profile-title = Votre compte
profile-on-this-page = Sur cette page
profile-verified-on = Confirmée le { $at }
profile-unverified = Cette adresse n’est pas confirmée. Confirmez-la avant de modifier quoi que ce soit ici. <a>Renvoyer l’e-mail</a>.
profile-go = Aller à cette section

## Its parts

profile-account-title = Compte
profile-security-title = Sécurité
profile-privacy-title = Confidentialité

## What was done

profile-done-details = Vos informations ont été enregistrées.
profile-done-password = Votre mot de passe a été modifié. Vous avez été déconnecté partout ailleurs.
profile-done-email = Nous avons envoyé un e-mail à la nouvelle adresse. Ouvrez le lien dans ce navigateur pendant que vous êtes connecté. D’ici là, votre adresse ne change pas.
profile-done-session = Cette session a été fermée.
profile-done-sessions = Vous avez été déconnecté partout ailleurs.
profile-done-recovery = Votre compte ne sera pas supprimé.

## Details

profile-details-title = Informations
profile-details-text = Tous les champs sont facultatifs. Videz un champ pour supprimer son contenu.
profile-details-save = Enregistrer les informations
profile-details-refused = Vos informations n’ont pas été enregistrées. Corrigez les erreurs ci-dessous.
profile-details-outdated = Vos informations ont été modifiées dans une autre fenêtre ; vos changements n’ont donc pas été enregistrés. Le formulaire montre votre saisie à côté de ce qui est enregistré maintenant. Enregistrez à nouveau pour le remplacer.
profile-details-sign-in-again = Vos informations n’ont pas été enregistrées. Pour modifier une adresse e-mail, vous devez vous être connecté au cours des cinq dernières minutes. Reconnectez-vous, puis enregistrez.
profile-now-empty = Maintenant vide.
profile-now = Maintenant : { $value }
profile-address-verified = Confirmée.
profile-address-unverified = Pas encore confirmée : ouvrez le lien de l’e-mail que nous avons envoyé à cette adresse.
profile-newsletter = Recevoir les lettres d’information

profile-group-name = Nom
profile-group-place = Lieu et langue
profile-group-contact = Contact
profile-group-work = Travail
profile-group-about = À propos de vous

profile-name = Nom complet
profile-given-name = Prénom
profile-family-name = Nom de famille
profile-username = Nom d’utilisateur
profile-username-hint = Visible par les autres. Vous pouvez l’utiliser pour vous connecter à la place de votre adresse e-mail.
profile-country = Pays
profile-language = Langue
profile-time-zone = Fuseau horaire
profile-phone = Numéro de téléphone
profile-phone-hint = Avec l’indicatif du pays, par exemple +49 30 901820.
profile-postal-address = Adresse postale
profile-notification-address = Adresse e-mail supplémentaire pour les avis
profile-notification-address-hint = Nous y envoyons aussi les avis concernant votre compte.
profile-alternate-address = Autre adresse e-mail
profile-alternate-address-hint = Un autre moyen de vous joindre. Elle ne permet pas de réinitialiser votre mot de passe.
profile-company = Entreprise
profile-industry = Secteur d’activité
profile-date-of-birth = Date de naissance
profile-bio = Présentation
profile-avatar = Identifiant de l’image
profile-avatar-hint = L’application que vous utilisez enregistre elle-même l’image.

## Password

profile-password-title = Mot de passe
profile-password-text = Un nouveau mot de passe vous déconnecte partout ailleurs.
profile-password-change = Modifier le mot de passe
profile-password-refused = Votre mot de passe n’a pas été modifié. Corrigez les erreurs ci-dessous.

## Email address

profile-email-title = Adresse e-mail
profile-email-text = Votre adresse est <strong>{ $address }</strong>. Pour la modifier, saisissez-en une nouvelle et ouvrez le lien que nous y enverrons.
profile-email-new = Nouvelle adresse e-mail
profile-email-send = Envoyer l’e-mail de confirmation
profile-email-refused = Votre adresse n’a pas été modifiée. Corrigez les erreurs ci-dessous.

## Sessions

profile-sessions-title = Sessions
profile-session-current = ce navigateur
profile-session-unknown-client = Programme inconnu
profile-session-client = { $browser } sur { $system }
profile-session-times = Connexion : { $created } ; dernière utilisation : { $used }.
profile-session-times-from = Depuis { $address }. Connexion : { $created } ; dernière utilisation : { $used }.
profile-session-end = Fermer
profile-session-end-label = Fermer la session : { $client }, connexion : { $created }
profile-sessions-end-others = Fermer toutes les autres sessions
profile-sign-out = Se déconnecter

## Privacy

profile-consents-title = Vos accords
profile-consent-terms = { terms-of-service }, version { $version }, le { $at }
profile-consent-privacy = { privacy-policy }, version { $version }, le { $at }
profile-export-title = Vos données
profile-export-text = Téléchargez tout ce que nous enregistrons à votre sujet : votre compte, ses sessions et ce qui s’y est passé, dans un fichier JSON.
profile-export-button = Télécharger mes données
profile-export-refused = Vos données n’ont pas été téléchargées. Corrigez l’erreur ci-dessous.

## Deletion

profile-deletion-title = Supprimer votre compte
profile-deletion-text = Vous êtes déconnecté partout immédiatement. Quelques jours plus tard, tout ce que nous avons enregistré à votre sujet est supprimé. D’ici là, vous pouvez vous connecter et annuler la suppression.
profile-deletion-confirm = Supprimer mon compte et tout son contenu
profile-deletion-unconfirmed = Cochez cette case pour supprimer votre compte.
profile-deletion-button = Supprimer mon compte
profile-deletion-refused = Votre compte n’a pas été supprimé. Corrigez les erreurs ci-dessous.
profile-deletion-last-super-admin = Vous êtes le dernier super administrateur. Nommez un autre compte super administrateur avant de supprimer celui-ci.

## Linked accounts

profile-identities-title = Comptes liés
profile-identities-text = Vous pouvez vous connecter avec ces comptes.
profile-identities-none = Aucun compte n’est lié.
profile-identity-times = Lié : { $linked }. Dernière utilisation : { $used }.
profile-identity-unlink = Supprimer le lien
profile-identity-unlink-label = Supprimer le lien : { $provider }, { $account }
profile-identity-link = Lier { $provider }
profile-identity-confirm = Confirmer avec { $provider } au lieu d’un mot de passe
profile-identities-refused = Rien n’a été modifié. Corrigez l’erreur ci-dessous.
profile-done-linked = Le compte est lié. Vous pouvez vous connecter avec lui.
profile-done-unlinked = Le compte n’est plus lié.
profile-done-confirmed = Vous avez confirmé que c’est bien vous.

## Regions of time zones

zone-region-africa = Afrique
zone-region-america = Amérique
zone-region-antarctica = Antarctique
zone-region-arctic = Arctique
zone-region-asia = Asie
zone-region-atlantic = Atlantique
zone-region-australia = Australie
zone-region-europe = Europe
zone-region-indian = Océan Indien
zone-region-pacific = Pacifique
zone-region-other = Autres
