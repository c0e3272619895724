# Beheer.

admin-overview-intro = Hoe { $organisation } ervoor staat en wat op je wacht.
admin-overview-attention = Vraagt aandacht
admin-overview-calm = Er is niets dat je aandacht vraagt.
admin-overview-set-up = Zodat eigenaren gasten kunnen uitnodigen
admin-overview-quickest = Het snelst: voeg een app toe en druk op de pagina van de app op “Zelfbeheer instellen”; dat doet alle drie.
admin-overview-steps-done = { $count } van 3 klaar
admin-overview-figures = In de directory
admin-number = { $count }
admin-figure-members = { $count ->
    [one] actieve medewerker
   *[other] actieve medewerkers
}
admin-figure-guests = { $count ->
    [one] actieve gast
   *[other] actieve gasten
}
admin-figure-open-invitations = { $count ->
    [one] open uitnodiging
   *[other] open uitnodigingen
}
admin-figure-groups = { $count ->
    [one] groep
   *[other] groepen
}
admin-figure-apps = { $count ->
    [one] app
   *[other] apps
}
admin-figure-self-service-apps = { $count ->
    [one] app met zelfbeheer
   *[other] apps met zelfbeheer
}
admin-want-failed-mails = { $count ->
    [one] { $count } mail kon niet worden verstuurd.
   *[other] { $count } mails konden niet worden verstuurd.
}
admin-want-failed-mails-text = Bij elke mail staat wat de mailserver zei.
admin-want-failed-mails-link = Toon mislukte mails
admin-want-suspended = { $count ->
    [one] { $count } uitnodiging staat in de wacht.
   *[other] { $count } uitnodigingen staan in de wacht.
}
admin-want-suspended-text = Tot de oorzaak weg is of jij goedkeurt.
admin-want-suspended-link = Toon uitnodigingen in de wacht
admin-want-incomplete-apps = { $count ->
    [one] Bij { $count } app staat zelfbeheer aan, maar de eigenaren kunnen nog niet uitnodigen.
   *[other] Bij { $count } apps staat zelfbeheer aan, maar de eigenaren kunnen nog niet uitnodigen.
}
admin-want-incomplete-apps-text = Er ontbreekt nog iets aan de inrichting.
admin-want-incomplete-apps-link = Toon wat ontbreekt
admin-want-unopened-apps = { $count ->
    [one] Voor { $count } app kunnen eigenaren uitnodigen, maar niemand kan die nog openen.
   *[other] Voor { $count } apps kunnen eigenaren uitnodigen, maar niemand kan die nog openen.
}
admin-want-unopened-apps-text = Eenmalige aanmelding is niet ingesteld.
admin-want-unopened-apps-link = Toon wat er ontbreekt
admin-want-expired = { $count ->
    [one] { $count } uitnodiging verliep zonder antwoord.
   *[other] { $count } uitnodigingen verliepen zonder antwoord.
}
admin-want-expired-text = Wat is verlopen, kun je opnieuw versturen.
admin-want-expired-link = Toon verlopen uitnodigingen
admin-want-mail-held = Het paneel is dicht en mail wordt vastgehouden sinds een back-up is teruggezet.
admin-want-mail-held-text = Alleen beheerders komen binnen, geen uitnodiging kan worden aangenomen en er gaat geen mail weg, behalve codes, totdat je het paneel opent.
admin-want-mail-held-link = Bekijk wat wacht
admin-want-no-relay = Er is geen mailserver ingesteld.
admin-want-no-relay-text = Mail komt in een map op de server en bereikt niemand.
admin-want-no-relay-link = Waar mail heen gaat
admin-step-switch = Laat eigenaren het lidmaatschap beheren
admin-step-switch-text = De schakelaar “Eigenaren kunnen aanvragen voor groepslidmaatschap beheren in het Toegangsvenster” staat aan.
admin-step-switch-link = Open de instellingen
admin-step-group = Een beveiligingsgroep met een eigenaar
admin-step-group-text = De leden zijn toegewezen, de groep wordt hier bijgehouden en een collega is eigenaar.
admin-step-group-link = Open de groepen
admin-step-app = Een app met zelfbeheer
admin-step-app-text = De app heeft eenmalige aanmelding, en de groep en haar eigenaar zijn aan de app toegewezen.
admin-step-app-link = Open de app
admin-step-app-choose = App kiezen

admin-users-intro = Iedereen die kan inloggen of is uitgenodigd.
admin-users-all = Iedereen
admin-users-members = Medewerkers
admin-users-guests = Gasten
admin-users-invited = Nog niet geaccepteerd
admin-users-blocked = Geblokkeerd
admin-users-deleted = In de prullenbak
admin-users-search = Zoek op naam of adres
admin-users-invite = Gast uitnodigen
admin-users-new = Medewerker toevoegen
admin-users-new-intro = Voor collega’s: ze kunnen meteen inloggen, met een code die naar hun adres gaat.
admin-users-new-guest = Iemand van buiten? Nodig een gast uit.
admin-user-added = { $name } is toegevoegd. Er is geen mail gestuurd: laat weten dat inloggen kan op { $url }.
admin-user-saved = { $name } is opgeslagen.
admin-user-address = E-mailadres
admin-user-address-hint = Dit kan later niet worden gewijzigd.
admin-user-name = Naam
admin-user-attributes-hint = De regels van dynamische groepen kijken naar de velden hieronder.
admin-user-department = Afdeling
admin-user-job-title = Functie
admin-user-country = Land
admin-user-company = Bedrijf
admin-user-in-bin-since = In de prullenbak sinds { $moment }
admin-guest-inviter = Gastuitnodiger
admin-guest-inviter-hint = Mag gasten bij de organisatie uitnodigen zonder eigenaar van een groep te zijn.
admin-administrator-hint = Mag alles op deze pagina’s. Als dit verandert, eindigen alle sessies van deze persoon.
admin-administrator-needs-password = Deze persoon heeft eerst een wachtwoord nodig: dat stelt die persoon zelf in onder Mijn account.
admin-user-title = { $name }: { $tab }
admin-user-tabs = Pagina’s over deze persoon
admin-user-tab-profile = Profiel
admin-user-tab-access = Groepen, apps en sessies
admin-user-tab-did = Wat deze persoon deed
admin-user-tab-happened = Wat er met deze persoon gebeurde
admin-user-profile = Profiel
admin-user-facts = Gegevens
admin-user-fact-kind = Soort
admin-user-fact-added = Toegevoegd
admin-user-fact-sponsor = Voor het eerst uitgenodigd door
admin-user-fact-redeemed = Voor het eerst geaccepteerd
admin-user-fact-deleted = In de prullenbak gezet
admin-user-kind-member = Medewerker van de organisatie
admin-user-kind-guest = Gast
admin-user-unredeemed = Deze gast heeft nog geen uitnodiging geaccepteerd.
admin-user-resend = Uitnodiging opnieuw versturen
admin-user-no-invitations = Er is geen uitnodiging.
admin-user-owns = Eigenaar
admin-user-in = In de groep
admin-user-owns-and-in = Eigenaar, en in de groep
admin-user-app-off = Gebruikers mogen niet inloggen
admin-user-app-directly = Rechtstreeks
admin-user-app-directly-role = Rechtstreeks, rol { $role }
admin-user-app-through = Via de groep { $group }
admin-user-app-through-role = Via de groep { $group }, rol { $role }
admin-user-no-groups = In geen enkele groep.
admin-user-no-apps = Er is geen app toegewezen.
admin-user-sessions = Sessies
admin-user-no-sessions = Nergens ingelogd.
admin-user-session-began = sinds { $moment }
admin-user-session-seen = laatst gezien { $moment }
admin-user-not-done = Er is niets gewijzigd. { $reason }
admin-user-password-stays = Er is niets gewijzigd. Een beheerder heeft een wachtwoord nodig: haal eerst de rol weg.
admin-user-block = Blokkeren
admin-user-block-title = { $name } blokkeren?
admin-user-block-text = { $name } wordt overal meteen uitgelogd en kan niet meer inloggen. Lidmaatschappen en toewijzingen blijven zoals ze zijn. Open uitnodigingen van { $name } komen in de wacht.
admin-user-block-text-invited = { $name } kan de uitnodiging niet accepteren en niet inloggen. De eigen uitnodiging komt in de wacht.
admin-user-block-done = { $name } is geblokkeerd.
admin-user-unblock = Blokkering opheffen
admin-user-unblock-title = Blokkering van { $name } opheffen?
admin-user-unblock-text = { $name } kan weer inloggen en heeft alles wat eerder was toegewezen.
admin-user-unblock-done = De blokkering van { $name } is opgeheven.
admin-user-delete = Verwijderen
admin-user-delete-title = { $name } verwijderen?
admin-user-delete-text = { $name } gaat naar de prullenbak en wordt overal meteen uitgelogd. Open uitnodigingen van { $name } komen in de wacht. Vanuit de prullenbak kun je alles herstellen.
admin-user-delete-text-invited = { $name } gaat naar de prullenbak. De eigen uitnodiging komt in de wacht. Vanuit de prullenbak kun je alles herstellen.
admin-user-delete-done = { $name } zit in de prullenbak.
admin-user-leaves-unmanaged = Deze beheert dan niemand: { $groups }.
admin-user-restore = Herstellen
admin-user-restore-title = { $name } herstellen?
admin-user-restore-text = { $name } komt uit de prullenbak en heeft alles wat eerder was toegewezen.
admin-user-restore-done = { $name } is hersteld.
admin-user-restore-done-blocked = { $name } is uit de prullenbak en blijft geblokkeerd.
admin-user-end-sessions = Alle sessies beëindigen
admin-user-end-sessions-title = Alle sessies van { $name } beëindigen?
admin-user-end-sessions-text = { $name } wordt overal meteen uitgelogd, en kan opnieuw inloggen.
admin-user-end-sessions-done = Alle sessies van { $name } zijn beëindigd.
admin-user-remove-password = Wachtwoord verwijderen
admin-user-remove-password-title = Wachtwoord van { $name } verwijderen?
admin-user-remove-password-text = { $name } wordt overal meteen uitgelogd, logt voortaan in met een code per mail, en kan een ander wachtwoord instellen.
admin-user-remove-password-done = Het wachtwoord van { $name } is verwijderd.

admin-invite-intro = De gast wordt alleen bij { $organisation } uitgenodigd, zonder app of groep.
admin-invite-message = Welkomstbericht
admin-invite-language = Taal van de mail
admin-invite-button = Uitnodigen
admin-invite-left = { $count ->
    [0] Je kunt nu even geen gasten meer uitnodigen.
    [one] Je kunt nu nog { $count } gast uitnodigen.
   *[other] Je kunt nu nog { $count } gasten uitnodigen.
}
admin-invite-sent = { $address } is uitgenodigd.
admin-invite-already = { $address } was al uitgenodigd en heeft nog niet geantwoord. De uitnodiging staat hieronder: daar kun je die opnieuw versturen of intrekken.
admin-invite-there = { $address } staat al in de directory.
admin-invite-undecided = Uitgenodigd bij { $organisation }, nog zonder antwoord
admin-invite-undecided-more = Dit zijn de nieuwste { $count }. De andere vind je met zoeken.

admin-invitations-intro = Elke uitnodiging en hoe het ermee staat.
admin-invitations-search = Zoek op adres
admin-invitations-none = Geen uitnodigingen gevonden
admin-invitations-none-text = Eigenaren nodigen gasten uit vanuit App beheren of vanuit hun groepen. Elke uitnodiging vind je hier.
admin-invitation-all = Alle
admin-invitation-open = Open
admin-invitation-accepted = Geaccepteerd
admin-invitation-declined = Geweigerd
admin-invitation-revoked = Ingetrokken
admin-invitation-expired = Verlopen
admin-invitation-suspended = In de wacht
admin-invitation-open-when = Link werkt tot { $moment }
admin-invitation-expired-when = Sinds { $moment }
admin-invitation-accepted-when = { $moment }
admin-invitation-declined-when = { $moment }
admin-invitation-revoked-when = { $moment }
admin-invitation-declined-because = { $moment }: “{ $reason }” (geschreven door wie de link had)
admin-invitation-guest-deleted = Deze persoon zit in de prullenbak. Herstel de persoon of trek de uitnodiging in.
admin-invitation-guest-blocked = Deze persoon is geblokkeerd. Laat de persoon weer toe of trek de uitnodiging in.
admin-invitation-by = Uitgenodigd door { $name }
admin-invitation-to-organisation = De organisatie
admin-invitation-resend = Uitnodiging opnieuw versturen
admin-invitation-revoke = Intrekken
admin-invitation-approve = Op mijn naam goedkeuren
admin-invitation-was-resent = De uitnodiging aan { $address } is opnieuw onderweg. De eerdere link werkt niet meer.
admin-invitation-was-resent-held = De uitnodiging aan { $address } heeft een nieuwe link, en de eerdere werkt niet meer. De mail wacht tot de mail wordt vrijgegeven.
admin-invitation-was-revoked = De uitnodiging aan { $address } is ingetrokken.
admin-invitation-was-approved = De uitnodiging aan { $address } is goedgekeurd en staat nu op jouw naam.
admin-invitation-not-done = Er is niets gedaan. { $reason }
admin-revoke-title = Deze uitnodiging intrekken?
admin-revoke-text = De link in de mail aan { $address } werkt meteen niet meer. Je kunt het adres later opnieuw uitnodigen.

admin-check-link = Wie mag wie uitnodigen?
admin-check-title = Wie mag wie uitnodigen?
admin-check-intro = Vraag of iemand een adres bij een app of groep zou kunnen uitnodigen, en bekijk elke regel.
admin-check-who = Wie zou uitnodigen
admin-check-who-hint = Een naam of een adres.
admin-check-person = Wie bedoel je?
admin-check-nobody = Niemand heeft deze naam of dit adres.
admin-check-several = Meerdere mensen voldoen. Kies er een.
admin-check-email = Het uit te nodigen adres
admin-check-target = Bij welke app of groep
admin-check-app = App: { $name }
admin-check-group = Groep: { $name }
admin-check-button = Controleren
admin-check-nothing-sent = Er wordt niets verstuurd.
admin-check-outcome = Antwoord
admin-check-yes = Ja. { $target }: { $person } kan { $address } toevoegen.
admin-check-no = Nee. { $target }: { $person } kan { $address } niet toevoegen.
admin-check-passed = Voldoet
admin-check-failed = Voldoet niet
admin-check-fails = { $rule }: nee. { $person } zou lezen: “{ $sentence }”
admin-check-rule-manager = Beheert de app of groep
admin-check-rule-assigned-group = Mensen komen met de hand in de groep, niet door een regel
admin-check-rule-cloud-group = De groep wordt hier bijgehouden, niet in een andere directory
admin-check-rule-address = Het adres is volledig
admin-check-rule-own-domain = Het adres is niet van een collega zonder account
admin-check-rule-blocked = Niemand met dit adres is geblokkeerd of zit in de prullenbak
admin-check-rule-invite-policy = De persoon mag gasten uitnodigen
admin-check-rule-domain = Gasten van dit domein mogen worden uitgenodigd
admin-check-rule-limits = Binnen de limieten voor uitnodigingen en mails

admin-mail-intro = Elke mail en wat ervan werd.
admin-mail-all = Alle
admin-mail-queued = Wacht
admin-mail-retrying = Opnieuw proberen
admin-mail-on_hold = In de wacht
admin-mail-sent = Verstuurd
admin-mail-written = In een bestand gezet
admin-mail-failed = Mislukt
admin-mail-dropped = Niet meer nodig
admin-mail-sentence-queued = Mail wacht sinds { $moment }
admin-mail-sentence-retrying = Mail wordt { $moment } opnieuw geprobeerd: { $answer }
admin-mail-sentence-on_hold = Mail nog niet verstuurd: de uitnodiging staat in de wacht
admin-mail-sentence-sent = Mail verstuurd { $moment }
admin-mail-sentence-failed = Mail mislukt: { $answer }
admin-mail-sentence-dropped = Mail niet verstuurd: hij was niet meer nodig
admin-mail-kind-invitation = Uitnodiging
admin-mail-kind-added = Bericht over toegang
admin-mail-kind-code = Code om in te loggen
admin-mail-column-to = Aan
admin-mail-column-state = Status
admin-mail-attempts = { $count ->
    [one] { $count } poging
   *[other] { $count } pogingen
}
admin-mail-column-answer = Wat de mailserver zei
admin-mail-next-try = Volgende poging { $moment }
admin-mail-search = Zoek op adres
admin-mail-none = Geen mails gevonden
admin-mail-none-text = Elke mail die wordt verstuurd, staat hier met wat ervan werd.
admin-mail-try-again = Opnieuw proberen
admin-mail-queued-again = De mail wordt nu opnieuw geprobeerd.
admin-mail-waits = De mail wacht tot de mail wordt vrijgegeven.
admin-mail-not-failed = Deze mail was niet mislukt, dus er is niets gedaan.
admin-mail-goes-relay = Mail gaat naar { $relay }.
admin-mail-goes-folder = Er is geen mailserver ingesteld, dus niemand krijgt mail.
admin-mail-goes-folder-text = Elke mail komt als bestand in { $folder } op de server. Stel VESTIBULE_SMTP_URL in om hem te versturen.
admin-mail-held = Het paneel is dicht en mail wordt vastgehouden sinds { $moment }, toen deze organisatie uit een back-up is teruggezet.
admin-mail-held-text = Tot die tijd komen alleen beheerders binnen en kan geen uitnodiging worden aangenomen: wie sinds de back-up werd geblokkeerd is weer actief, en ingetrokken uitnodigingen staan weer open. Zet recht wat je weet: blokkeer mensen, en trek uitnodigingen in op de pagina van de gast. Sommige wachtende mails zijn misschien al eerder verstuurd. Codes om in te loggen worden niet vastgehouden.
admin-mail-release = Open het paneel en geef de mail vrij
admin-mail-release-title = Het paneel openen en de mail vrijgeven?
admin-mail-release-text = { $count ->
    [0] Mensen kunnen weer inloggen en uitnodigingen aannemen. Er wacht nu geen mail. Nieuwe mail wordt weer meteen verstuurd.
    [one] Mensen kunnen weer inloggen en uitnodigingen aannemen. { $count } mail gaat meteen weg en is niet terug te halen. Mail van ingetrokken uitnodigingen wordt niet verstuurd.
   *[other] Mensen kunnen weer inloggen en uitnodigingen aannemen. { $count } mails gaan meteen weg en zijn niet terug te halen. Mail van ingetrokken uitnodigingen wordt niet verstuurd.
}
admin-mail-released = Het paneel is open. Mail wordt weer verstuurd.

# Wat er verloren gaat als iets wordt uitgezet.

admin-switch-holds = { $count ->
    [one] Als je dit uitzet, komt { $count } open uitnodiging in de wacht.
   *[other] Als je dit uitzet, komen { $count } open uitnodigingen in de wacht.
}
