# Inloggen, codes per mail, wachtwoorden, en de pagina van de eenmalige installatielink.

sign-in = Inloggen
sign-in-title = Inloggen
sign-in-heading = Inloggen bij { $organisation }
sign-in-lead = Open je apps, of accepteer een uitnodiging die op jouw adres kwam.
sign-in-address = E-mailadres
sign-in-change-address = Ander adres gebruiken
sign-in-invited = Uitgenodigd als gast? Gebruik het adres waar de uitnodiging naartoe ging. Je hebt geen wachtwoord nodig.
sign-in-password-wrong = Dit wachtwoord hoort niet bij dit adres. Je kunt ook een code laten mailen.
sign-in-password-wrong-after-code = Dit wachtwoord hoort niet bij dit adres. Ben je het vergeten, dan kan een andere beheerder helpen, of wie deze server beheert.
sign-in-refused = Met dit adres kan nu niemand inloggen. Een beheerder van de organisatie kan je meer vertellen.
sign-in-code-title = Kijk in je mailbox
sign-in-code-sent = Als dit adres hier bekend is, is er een mail met zes cijfers naar onderweg.
sign-in-code-right = De code klopt.
sign-in-password-too = Beheerders hebben ook hun wachtwoord nodig.
signed-in = Je bent ingelogd.
signed-out = Je bent uitgelogd.
continue = Verder
or = of
mail-me-a-code = Mail mij een code
mail-me-a-code-hint = Zes cijfers, geen wachtwoord nodig

code = Code uit de mail
code-hint = Zes cijfers, 10 minuten geldig, alleen in deze browser.
code-empty = Typ de zes cijfers uit de mail.
code-wrong = Deze code klopt niet. Je kunt het nog { $count } keer proberen.
code-wrong-last = Deze code klopt niet. Je kunt het nog één keer proberen.
code-over = Deze code is niet meer te gebruiken. Laat een nieuwe sturen.
code-not-there = Na een minuut nog geen mail? Kijk ook bij ongewenste mail. Naar één adres gaan hoogstens vijf codes per uur.
code-again = Nieuwe code sturen

password = Wachtwoord
password-too-long = Hoogstens { $max } bytes.
password-guessable = Dit is te raden: kies iets dat geen naam, geen adres en niet steeds hetzelfde teken is.

setup-title = Vestibule instellen
setup-lead = Jij bent hier de eerste. Geef de organisatie een naam en word haar eerste beheerder.
setup-organisation-heading = Je organisatie
setup-organisation = Naam van de organisatie
setup-domain = Hoofddomein
setup-domain-hint = Wat achter het @ staat in de adressen van je collega’s, bijvoorbeeld example.org. Wie zo’n adres heeft, is nooit gast.
setup-domain-wrong = Geef één domein, bijvoorbeeld example.org.
setup-time-zone = Tijdzone
setup-time-zone-hint = Datums en tijden worden in deze zone getoond.
setup-language = Standaardtaal
setup-language-hint = Voor pagina’s en mails van wie zelf niets koos.
setup-you-heading = Jij, de eerste beheerder
setup-name = Je naam
setup-address = Je e-mailadres
setup-password = Kies een wachtwoord
setup-password-hint = Minstens 12 tekens. Als beheerder log je in met dit wachtwoord én een code per mail.
setup-mail-relay = Mail wordt verstuurd via { $relay }.
setup-mail-folder = Mail wordt nog niet verstuurd: die komt als bestand in { $folder }. Daar staan ook je inlogcodes. Om te versturen stel je VESTIBULE_SMTP_URL in.
setup-submit = Instellen
setup-done = { $organisation } is ingesteld en je bent ingelogd. Hier staat wat er nog te doen is.
setup-dead-title = Deze installatielink werkt niet
setup-dead-text = Hij werkt één keer en 24 uur lang, tot er een beheerder is. Kopieer het hele adres uit de uitvoer van vestibule serve. Is hij te oud, start vestibule serve dan opnieuw: dan verschijnt er een nieuwe. Is Vestibule al ingesteld, log dan in.
