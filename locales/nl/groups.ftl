# Groups, their owners and members.

groups-i-own = Groepen waarvan ik eigenaar ben
groups-im-in = Groepen waar ik in zit
groups-lead-owned = Wie in een groep zit, kan de apps openen waaraan de groep is toegewezen. Jij bepaalt wie er in de groepen met het label Toegewezen zit.
groups-lead-owned-off = Wie in een groep zit, kan de apps openen waaraan de groep is toegewezen. Eigenaren kunnen geen leden beheren: de organisatie heeft dat uitgezet.
groups-lead-joined = Doordat je in deze groepen zit, kun je apps openen.
groups-none-owned = Je bent van geen enkele groep eigenaar. De apps die je kunt openen staan onder Mijn apps.
groups-none-joined = Je zit in geen enkele groep. De apps die je kunt openen staan onder Mijn apps.
groups-members = { $count ->
    [one] { $count } lid
   *[other] { $count } leden
}
groups-guests = { $count ->
    [one] { $count } gast
   *[other] { $count } gasten
}
groups-opens = Opent

people-why-owner = Je bent eigenaar van de groep van deze app:
people-why-administrator = Je beheert deze app als beheerder. De groep van de app:
people-why-no-group = Je ziet deze app als beheerder. De app heeft nog geen doelgroep.
people-why-group-owner = Je bent eigenaar van deze groep.
people-why-group-administrator = Je beheert deze groep als beheerder.
people-why-group-member = Je zit in deze groep.
people-title = Leden van { $name }
people-open = { $app } openen
people-in-administration = In Beheer openen
people-members = Leden
people-owners = Eigenaren
people-search = Zoek in de leden
people-add = Leden toevoegen
people-all = Alle
people-guests = Gasten
people-invited = Uitgenodigd
people-expired = Verlopen
people-none = Hier is niemand te tonen
people-none-app = Wie je toevoegt, kan { $name } openen. Gasten krijgen eerst een uitnodiging per mail.
people-none-group = Wie je toevoegt, zit in { $name } en krijgt de apps die de groep opent. Gasten krijgen eerst een uitnodiging per mail.
people-no-match = Niemand gevonden voor “{ $q }”.
people-fellows-hidden = Wie er verder in deze groep zit, is voor gasten niet zichtbaar.
people-guest-since = Gast sinds { $when }
people-not-redeemed = Heeft nog geen uitnodiging geaccepteerd
people-blocked = Geblokkeerd door een beheerder
people-link-until = link werkt tot { $when }
people-invited-to = uitgenodigd voor { $target }
people-mail-waiting = Mail staat klaar om te worden verstuurd
people-mail-sent = Mail verstuurd { $when }
people-mail-written = Mail niet verstuurd: er is geen mailserver ingesteld
people-mail-retrying = Mail wacht, nieuwe poging volgt
people-mail-retrying-because = Mail wacht, nieuwe poging volgt: { $reason }
people-mail-next-try = volgende poging { $when }
people-mail-failed = Mail mislukt: { $reason }
people-mail-dropped = Mail niet verstuurd
people-expired-today = Vandaag
people-expired-days = { $count ->
    [one] { $count } dag geleden
   *[other] { $count } dagen geleden
}
people-again = Opnieuw versturen
people-again-to = Opnieuw versturen naar { $address }
people-approve = Deze uitnodiging goedkeuren
people-take-back = Intrekken
people-take-back-ask = Intrekken…
people-remove-ask = Verwijderen uit { $name }…
people-remove-title = { $person } verwijderen uit { $name }?
people-remove-text = { $person } verliest meteen de toegang.
people-remove-self-app = Je verlaat de groep die { $name } opent. Heb je de app niet ook op een andere manier, dan verlies je hem meteen en kun je niet meer beheren wie hem kan openen.
people-remove-self-group = Je zit dan niet meer in { $name }, maar blijft er eigenaar van en beheert de groep nog steeds.
people-remove-self-administrator = Je verliest zelf meteen de toegang. Als beheerder blijf je { $name } beheren.
people-remove-opens = Dit opent de groep:
people-remove-app = { $app }, tenzij die ook op een andere manier is gegeven
people-remove-stays = Het account blijft bestaan, en al het andere ook.
people-remove-stays-guest = Open uitnodigingen voor deze groep en haar apps worden voor deze gast ingetrokken. Het gastaccount blijft bestaan, met al het andere dat eraan is gegeven.
people-revoke-title = Uitnodiging aan { $address } intrekken?
people-revoke-text = De link in de mail werkt dan meteen niet meer. Je kunt dit adres later opnieuw uitnodigen.
people-removed = { $person } is verwijderd uit { $name }.
people-sent-again = De uitnodiging is opnieuw verstuurd naar { $address }. De link erin werkt tot { $until }.
people-sent-again-held = De uitnodiging aan { $address } heeft een nieuwe link. De mail wacht tot een beheerder die vrijgeeft.
people-taken-back = De uitnodiging aan { $address } is ingetrokken.
people-approved = Je hebt de uitnodiging aan { $address } goedgekeurd. Ze kan worden geaccepteerd.
people-refused = Dat is niet gelukt. { $reason }
people-rule = De regel
people-rule-worked-out = Bepaald op { $when }
people-rule-being-worked-out = Op dit moment wordt bepaald wie voldoet
people-rule-matches = { $count ->
    [one] { $count } persoon voldoet
   *[other] { $count } mensen voldoen
}
people-synced = Deze groep wordt beheerd in { $source } en kan dus alleen daar worden gewijzigd
people-synced-from = Waar de groep vandaan komt
people-synced-directory = Directory
people-synced-last = Laatst gesynchroniseerd
people-instead-group = Voeg de gast toe aan { $group }
people-instead-group-hint = Je bent er eigenaar van en er kunnen gasten in
people-instead-change = Deze groep in Beheer openen
people-instead-change-hint = Lidmaatschap en regel worden daar ingesteld
people-instead-set-up = Zelfbeheer voor deze app instellen
people-instead-set-up-hint = De controlelijst toont wat er ontbreekt
