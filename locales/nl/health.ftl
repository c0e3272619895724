## De pagina Systeemstatus van het beheer.

admin-health-intro = Hoe deze installatie ervoor staat.
admin-health-well = Alles is in orde.
admin-health-wrong = { $count ->
    [one] Eén ding vraagt aandacht.
   *[other] { $count } dingen vragen aandacht.
}
admin-health-seen = Wat er is bekeken
admin-health-database = Database
admin-health-database-ok = Hij antwoordt.
admin-health-database-away = Hij antwoordde niet, of niet op tijd, van { $from } tot { $until }.
admin-health-database-advice = Mensen lazen intussen dat ze het opnieuw moesten proberen. Het serverlogboek zegt wat de database zei.
admin-health-schema = Schema
admin-health-schema-ok = Het is dat van deze versie.
admin-health-schema-missing = Deze migraties moeten nog worden uitgevoerd: { $migrations }.
admin-health-schema-missing-advice = Voer “vestibule migrate” uit, of herstart de dienst.
admin-health-schema-newer = Een nieuwere versie van Vestibule heeft het veranderd: { $migrations }.
admin-health-schema-newer-advice = Werk ook deze instantie bij.
admin-health-mail = Mail
admin-health-mail-sent = De laatste mail vertrok { $moment }.
admin-health-mail-never = Er is nog geen mail vertrokken.
admin-health-mail-waiting = { $count ->
    [one] Er wacht één mail sinds { $since }.
   *[other] Er wachten { $count } mails, de oudste sinds { $since }.
}
admin-health-mail-answer = De laatste poging, { $moment }, kreeg: “{ $answer }”.
admin-health-mail-held-advice = Alleen beheerders komen binnen, geen uitnodiging kan worden aangenomen en er gaat geen mail weg, behalve codes, totdat een beheerder bij Beheer, Mail op “Open het paneel en geef de mail vrij” drukt.
admin-health-mail-relay-away = De mailserver is sinds { $moment } onbereikbaar, en niemand kan een code krijgen. De laatste poging leverde op: “{ $answer }”.
admin-health-mail-relay-away-advice = Er gaat niets verloren: elke mail behalve codes wordt opnieuw geprobeerd tot hij is vertrokken of te lang heeft gewacht. “vestibule check” probeert de mailserver.
admin-health-mail-advice = Er gaat niets verloren: elke mail wordt opnieuw geprobeerd tot hij is vertrokken of te lang heeft gewacht. “vestibule check” probeert de mailserver.
admin-health-courier = Koerier
admin-health-courier-ok = Hij is aan het werk.
admin-health-courier-silent = Hij heeft sinds { $since } geen teken van leven gegeven.
admin-health-courier-advice = De mail van deze instantie staat stil. Herstart de dienst, en meld wat het serverlogboek zegt.
admin-health-relay = Waar mail heen gaat
admin-health-clocks = Klokken
admin-health-clocks-ok = Deze machine en de database lopen gelijk.
admin-health-clocks-apart = Deze machine en de database verschillen { $seconds } seconden.
admin-health-clocks-advice = Laat beide machines hun tijd van het netwerk halen (NTP). Links en codes eindigen volgens de klok van de database; het serverlogboek volgt die van deze machine.
admin-health-disk = Schijf
admin-health-disk-free = Er is { $free } MiB vrij in { $folder }.
admin-health-disk-advice = Als hij vol is, kan er niets meer worden veranderd. Maak ruimte, of maak de schijf groter.
admin-health-address = Adres
admin-health-address-ok = Mensen bereiken het Toegangsvenster op { $url }.
admin-health-address-plain = Mensen bereiken het Toegangsvenster op { $url }, zonder versleuteling.
admin-health-address-advice = Zo is het alleen vanaf deze machine bereikbaar, en links in mail werken nergens anders. Stel VESTIBULE_PUBLIC_URL in op een adres dat met https begint.
