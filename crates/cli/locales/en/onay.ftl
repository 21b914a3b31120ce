### What `onay` says, in English. `locales/tr` says the same in Turkish, with the same names and values.
###
### The program hands the values over in the order in which the English text names them first.

## General: words that many commands use

label-error = error
label-next = next
accepted = accepted
approved = approved
created = created
deleted = deleted
done = done
opened = opened
paid = paid
go-on-with = go on with { $arguments }
wait-seconds = { $seconds } s
wait-minutes = { $minutes } min
wait-minutes-seconds = { $minutes } min { $seconds } s

## Help: the words that clap writes by itself

help-usage = Usage:
help-any-options = [OPTIONS]
help-command = COMMAND
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-everywhere = With every command
help-default = [default: { $values }]
help-possible-values = [possible values: { $values }]

## Help: what each command does, and its examples

-paynet-environment =
    Environment:
      PAYNET_ENV            test, live (with --live as well) or sandbox
      PAYNET_SECRET_KEY     sck_…, or PAYNET_SECRET_KEY_FILE with the name of a file ('-' is stdin)
      PAYNET_BASE_URL       another server than the environment's

    `onay doctor` shows which are set, and no key.

-paytr-environment =
    Environment:
      PAYTR_ENV            test, live (with --live as well) or sandbox
      PAYTR_MERCHANT_ID    the shop's number
      PAYTR_MERCHANT_KEY   or PAYTR_MERCHANT_KEY_FILE with the name of a file ('-' is stdin)
      PAYTR_MERCHANT_SALT  or PAYTR_MERCHANT_SALT_FILE
      PAYTR_BASE_URL       another server than the environment's

    The sandbox knows the merchant 100001 with sandbox-merchant-key and sandbox-merchant-salt.

command-onay = Card OTPs and payment links of Turkish providers, sent at most once, and a local sandbox
    .notes =
        Examples:
          onay demo                  # the whole story on a sandbox of its own; nothing else is needed
          onay sandbox serve         # a sandbox with an inbox at http://127.0.0.1:8027/
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1
          onay explain paynet 5      # what Paynet's code 5 means, and what to do
          onay doctor                # what is configured, and what is wrong with it
          onay doctor --lang tr      # the same in Turkish

        The environment says where to call and with which keys; see `onay otp --help`,
        `onay masterpass --help` and `onay link --help`.
          ONAY_PROXY                 the proxy for calls to providers; HTTPS_PROXY is ignored
          ONAY_SANDBOX_URL           a sandbox that is not at http://127.0.0.1:8027
          ONAY_SANDBOX_HOSTS         hosts that plain http may go to where the environment is sandbox
          LC_ALL, LC_MESSAGES, LANG  Turkish where they begin with tr; --lang wins
          NO_COLOR, CLICOLOR_FORCE   no colours, or colours without a terminal; --color wins
          RUST_LOG                   what is traced to stderr, such as onay_http=debug; wins over -v

        Exit codes:
          0 done · 1 unexpected · 2 usage or invalid input · 3 refused · 4 credentials · 5 too soon
          6 a message may have gone out · 7 not sent · 8 wait timed out

command-demo = Tell the whole story on a sandbox of its own: sent, received, refused, approved
    .notes =
        Examples:
          onay demo
          onay demo --lang tr
          onay demo --json

command-otp = Send a one-time password, or check one
    .notes =
        Examples:
          export PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo  # for `onay sandbox serve`
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1
          onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code -

        { -paynet-environment }

command-otp-send = Ask the provider to send a code to a customer
    .notes =
        Examples:
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1 --json

        You choose the session: one for each payment or card, the same when its code is checked.
        Exit codes: 0 accepted · 5 too soon · 6 a message may have gone out: do not just send again

        { -paynet-environment }

command-otp-verify = Ask the provider to check the code that the customer typed
    .notes =
        Examples:
          onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code -
          onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code AB12CD

        With '--code -' the code is typed after the command, and stays out of the shell's history.
        Exit codes: 0 approved, no other code is a yes · 3 wrong, expired or used up

        { -paynet-environment }

command-masterpass = Masterpass through Paywall: open a session, link an account, resend a code, verify it
    .notes =
        Examples:
          export PAYWALL_ENV=sandbox PAYWALL_PRIVATE_KEY=test-key PAYWALL_PRIVATE_CLIENT=test-client
          onay masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'
          onay masterpass link --session SESSION
          onay masterpass verify --session SESSION --token TOKEN --code - --account-link

        Environment:
          PAYWALL_ENV             test, live-turkey or live-global (with --live as well), or sandbox
          PAYWALL_PRIVATE_KEY     sent as apikeyprivate, or PAYWALL_PRIVATE_KEY_FILE ('-' is stdin)
          PAYWALL_PRIVATE_CLIENT  sent as apiclientprivate, or PAYWALL_PRIVATE_CLIENT_FILE
          PAYWALL_BASE_URL        another server than the environment's

        Always use the session and the token of the latest response: a resend invalidates the old token.

command-masterpass-session = Open a session for a customer; no message goes out
    .notes =
        Examples:
          onay masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'

        `onay masterpass link --session` takes the response's session.

command-masterpass-link = Link the customer's account; a code goes out
    .notes =
        Examples:
          onay masterpass link --session SESSION
          onay masterpass link --session SESSION --to '0555 000 00 42'

        SESSION is in the response of `onay masterpass session`. A code goes to the customer, and the
        response holds its token. --to changes nothing but the response, whose challenge names the number.

command-masterpass-resend = Send the code again; the response's token replaces this one
    .notes =
        Examples:
          onay masterpass resend --session SESSION --token TOKEN

        SESSION and TOKEN are in the latest response. The new token replaces the old one.

command-masterpass-verify = Check the code that the customer typed
    .notes =
        Examples:
          onay masterpass verify --session SESSION --token TOKEN --code - --account-link
          onay masterpass verify --session SESSION --token TOKEN --code 123456

        --account-link is for the code that `onay masterpass link` sent.

command-link = PayTR payment links: create, send by SMS or e-mail, delete
    .notes =
        Examples:
          onay link create --name 'Çiçek buketi' --price 14.45 --product
          onay link sms --id ID --to '0555 000 00 42'
          onay link email --id ID --to musteri@example.com
          onay link delete --id ID

        { -paytr-environment }

command-link-create = Create a payment link; no message goes out
    .notes =
        Examples:
          onay link create --name 'Çiçek buketi' --price 14.45 --product
          onay link create --name 'Bilet' --price 250 --product --max-count 40 --max-installment 1
          onay link create --name 'Fatura 2024/17' --price 350 --collection --email musteri@example.com
          onay link create --name 'Çiçek buketi' --price 14.45 --product \
              --callback-link https://shop.example.com/paytr --callback-id ORDER0001

        `onay link sms --id` takes the response's id.

command-link-sms = Send a link by SMS
    .notes =
        Examples:
          onay link sms --id ID --to '0555 000 00 42'

        ID is in the response of `onay link create`.

command-link-email = Send a link by e-mail
    .notes =
        Examples:
          onay link email --id ID --to musteri@example.com

        ID is in the response of `onay link create`.

command-link-delete = Delete 1 to 10 links
    .notes =
        Examples:
          onay link delete --id ID
          onay link delete --id ID1 ID2

        The ids are in the responses of `onay link create`.

command-callback = PayTR callbacks: verify one, send one to your own server, have it sent again
    .notes =
        Examples:
          onay callback verify < body.txt
          onay callback trigger --to http://127.0.0.1:8080/paytr --callback-id ORDER0001 --price 14.45
          onay callback resend

        { -paytr-environment }

command-callback-verify = Verify a callback; its form body is read from stdin
    .notes =
        Examples:
          onay callback verify < body.txt
          onay callback verify --json < body.txt

        The body is what PayTR posted, byte for byte: hash=…&merchant_oid=…&status=…
        Exit codes: 0 paid, and signed with your key · 4 not signed with it: nothing was proven

command-callback-trigger = Send a correctly signed callback to your own server, as PayTR would
    .notes =
        Examples:
          onay callback trigger --to http://127.0.0.1:8080/paytr --callback-id ORDER0001 --price 14.45

        Your server has to answer exactly OK. What it answered is shown, with what cannot be seen escaped.
        Plain http goes to this machine alone.
        Exit codes: 0 your server answered OK · 1 it answered something else · 6 it may have arrived, no
        answer was read · 7 it cannot be reached

command-callback-resend = Have a running sandbox send a callback again: the newest, or one by its number
    .notes =
        Examples:
          onay callback resend
          onay callback resend --id 3        # `onay sandbox journal` shows the number

        Exit codes: 0 your server answered OK · 1 it answered something else, or nothing · 6 it may have
        arrived, no answer was read

command-token = PayTR tokens: what is signed, and which mistake makes a wrong one
    .notes =
        Examples:
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042
          onay token explain --call create-product --name 'Çiçek buketi' --price 14.45
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042 --expect TOKEN

        { -paytr-environment }

command-token-explain = Show what a call signs and its token; with --expect, name the mistake behind a wrong one
    .notes =
        Examples:
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042
          onay token explain --call create-product --name 'Çiçek buketi' --price 14.45
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042 --expect TOKEN

        Exit codes: 0 the token, or the expected one is right · 3 the expected one is wrong; the report on
        stdout says why, where that is known

command-sandbox = Run a sandbox, or talk to a running one
    .notes =
        Examples:
          onay sandbox serve
          onay sandbox wait --to '0555 000 00 42' --otp
          onay sandbox journal
          onay sandbox clock advance 181
          onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1

command-sandbox-serve = Run a sandbox until Ctrl-C
    .notes =
        Examples:
          onay sandbox serve
          onay sandbox serve --listen 127.0.0.1:0 --print-json
          onay sandbox serve --listen 0.0.0.0:8027 --allow-host onay-sandbox
          onay sandbox serve --listen :8027 --callback-host host.docker.internal
          onay sandbox serve --seed 42 --paytr-merchant merchant.json
          onay sandbox serve --story story.json

        A merchant's file is {"{"}"merchant_id": "…", "merchant_key": "…", "merchant_salt": "…"{"}"}.
        A story is a list of steps, such as [{"{"}"advance": 181{"}"}]: each a call, a fault, advance (seconds
        of the virtual clock) or pause_ms; `Sandbox::play` of the crate onay-sandbox has an example.

command-sandbox-exec = Run a command beside a sandbox of its own, such as a test suite
    .notes =
        Examples:
          onay sandbox exec -- npm test
          onay sandbox exec -- sh -c 'curl -s $ONAY_SANDBOX_URL/readyz'

        The sandbox listens on a free port and ends with the command. The command finds
        ONAY_SANDBOX_URL and every variable of the providers in its environment; its exit code is
        that of onay.

command-sandbox-messages = List the messages of a running sandbox, newest first
    .notes =
        Examples:
          onay sandbox messages
          onay sandbox messages --to '0555 000 00 42' --limit 1 --json
          onay sandbox messages --follow

        With --follow the oldest comes first; with --json as well, each message is one line. A sandbox that
        ends makes it exit with 7, a reader that has read enough, such as `head`, with 0.

command-sandbox-wait = Wait for a message; one that is already there is taken at once
    .notes =
        Examples:
          onay sandbox wait --to '0555 000 00 42' --otp
          onay sandbox wait --provider paytr --after 7 --timeout-ms 5000 --json

        With --otp, a code that has expired is refused: send another, or add --expired.
        Exit codes: 0 a message came · 3 no code that can be used · 8 no message came in time

command-sandbox-journal = List the calls that reached a running sandbox, newest first, and what was wrong with them
    .notes =
        Examples:
          onay sandbox journal
          onay sandbox journal --provider paynet --limit 5 --json
          onay sandbox journal --follow

        A message shows what the customer got; the journal shows each request and its response, masked,
        and what was wrong with a refused call.
        With --follow the oldest comes first; with --json as well, each call is one line. A sandbox that
        ends makes it exit with 7, a reader that has read enough, such as `head`, with 0.

command-sandbox-clock = Show the sandbox's clock, or advance it
    .notes =
        Examples:
          onay sandbox clock
          onay sandbox clock advance 181
          onay sandbox clock advance 181 --tenant paynet-d150c0e1c5d863db

command-sandbox-clock-advance = Advance the clock, so that codes expire without waiting

command-sandbox-fault = Make calls fail on purpose
    .notes =
        Examples:
          onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1
          onay sandbox fault list
          onay sandbox fault clear

        Of several rules only the first that matches fires.

command-sandbox-fault-set = Set a rule in place of all others
    .notes =
        Examples:
          onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1
          onay sandbox fault set delay --ms 3000 --times 1
          onay sandbox fault set status --code 503 --chance 0.1 --add
          onay sandbox fault set refuse --code TOKEN_HAS_EXPIRED --provider paywall

        Operations:
          paynet   send_otp, check_otp
          paywall  session, merchant/link, otp/resend, otp/verify
          paytr    create, send-sms, send-email, delete

        A method of a trait means every call that serves it: send_otp at paywall is merchant/link and
        otp/resend.
        Of several rules only the first that matches fires.

        Kinds:
          delay, drip                  the response comes late, or byte by byte
          truncate, html, empty        the response is cut short, a web page, or empty
          accept_then_cut              the message goes out, and no response comes
          cut_before_read              the connection is reset, and nothing goes out
          status, refuse               an HTTP status or the provider's own refusal; nothing goes out
          unknown_code                 a refusal with a code in no table; nothing goes out
          rotate_token, renew_session  Masterpass hands out another token, or another session

command-sandbox-fault-list = List the rules with their ids and the calls that are left of them
    .notes =
        Examples:
          onay sandbox fault list
          onay sandbox fault list --json

command-sandbox-fault-clear = Remove every rule, or one
    .notes =
        Examples:
          onay sandbox fault clear           # every rule
          onay sandbox fault clear --id 2    # the rule that `onay sandbox fault list` shows as #2

command-sandbox-export = Print all that the sandbox remembers, as JSON
    .notes =
        Examples:
          onay sandbox export > world.json

        To go on with later, or to send with a bug report: numbers and codes are in it as they are, keys and
        merchants' secrets are not.

command-sandbox-import = Replace all that the sandbox remembers with an exported file
    .notes =
        Examples:
          onay sandbox import world.json
          onay sandbox export --url http://127.0.0.1:9000 | onay sandbox import -

        A file that cannot be right is refused, and then nothing is changed.

command-sandbox-reset = Reset the sandbox to its start: no messages, no faults, the clock set back
    .notes =
        Examples:
          onay sandbox reset
          onay sandbox reset --url http://127.0.0.1:9000

command-explain = Explain a provider's code, or a kind of error: what it means, and what to do
    .notes =
        Examples:
          onay explain paynet 5
          onay explain masterpass OTP_IS_NOT_VALID --lang tr
          onay explain paytr 'Geçersiz id'
          onay explain paynet                  # every code, one line each
          onay explain --kind too_soon         # what a kind of error means, and which codes are of it

        PayTR has no codes but sentences: give the sentence, or a part of it, in quotes.
        Exit codes: 0 found · 2 the table does not have it

command-doctor = Check what is configured, without showing any key
    .notes =
        Examples:
          onay doctor
          onay doctor --json
          onay doctor --network                        # can the chosen hosts be reached?
          onay doctor --clock                          # against the clock of the running sandbox
          onay doctor --clock https://example.com      # against that server's

        No key is ever shown: of a Paynet key its first four characters, of the others their length.
        The report is always on stdout, with --json too; nothing is on stderr.
        Exit codes: 0 all that is configured is right, or nothing is · 2 a mistake in it · 7 unreachable

command-completions = Print the completions for a shell
    .notes =
        Examples:
          onay completions bash > ~/.local/share/bash-completion/completions/onay
          onay completions zsh > "${"{"}fpath[1]{"}"}/_onay"
          onay completions fish > ~/.config/fish/completions/onay.fish
          onay completions powershell >> $PROFILE

command-man = Print the man page, or write those of all commands into a folder
    .notes =
        Examples:
          onay man | man -l -                              # read the page of onay itself
          onay man --into ~/.local/share/man/man1          # install the pages of all commands

command-help = Print this message or the help of the given subcommand(s)

## Help: arguments and options

option-help = Print help
option-version = Print version
option-help-command = Print help for the subcommand(s)
option-json = Print one JSON document: the result on stdout, or the error on stderr
option-lang = The language that onay speaks: tr or en [default: the locale's]; JSON, the man pages and what the sandbox's doctor says are English in both
option-show-provider-text = Show what the provider wrote outside a terminal too, in JSON as well; it can hold a customer's name or number
option-quiet = Print the result alone: no hints and no progress; errors are still printed
option-verbose = Trace to stderr what happens; -vv for more
option-color = When to use colours

option-live = Allow the live environment: real messages, real money
option-proxy = Call through this proxy, given without a password [default: $ONAY_PROXY, which may hold one]; loopback is always called directly
option-phone = The customer's mobile number, in any usual spelling
option-email = The customer's e-mail address
option-code = What the customer typed; '-' reads it from stdin
option-otp-provider = Who sends and checks
option-otp-session = What ties sending and checking together; yours to choose
option-reference = Your own reference for it
option-user = Your own name for the customer
option-open-session = The session that was opened
option-latest-session = The session, from the latest response
option-latest-token = The token, from the latest response
option-account-link = The code belongs to an account link

option-link-name = What is sold or collected, 4 to 200 characters
option-link-price = The price, such as 14.45
option-currency = TL, EUR, USD, GBP or RUB
option-product = A product that any customer can pay
option-min-count = How many must be bought at least
option-max-count = How many there are
option-collection = A payment by one customer, named by --email
option-max-installment = The most instalments, 1 to 12
option-expires-at = Until when it can be paid: 'YYYY-MM-DD HH:MM:SS'
option-callback-link = The address that PayTR calls back when it was paid
option-link-callback-id = Your own id for it, letters and digits
option-link-id = The link's id, from create
option-link-ids = The links' ids

option-callback-to = Your server's callback address
option-callback-id = Your own id of the link
option-callback-number = The callback's number in the sandbox; without it the newest
option-merchant-oid = PayTR's id of the payment
option-callback-price = What was paid, such as 14.45

option-call = Which call
option-expect = The token that another program made
option-token-id = The link's id, for send-sms, send-email and delete
option-token-to = The number or the address, for send-sms, send-email and create-collection
option-token-create = For create-product and create-collection
option-token-price = For create-product and create-collection, such as 14.45; its minor units are signed
option-link-lang = For create-product and create-collection: the field `lang`
option-token-product = For create-product
option-token-callback = For callback
option-total-amount = For callback, in minor units as PayTR posts it

option-url = Where the sandbox is [default: $ONAY_SANDBOX_URL, the server of $PAYNET_BASE_URL, $PAYWALL_BASE_URL or $PAYTR_BASE_URL, or http://127.0.0.1:8027]; plain http to another machine can be read by everybody in between
option-listen = Where to listen; port 0 takes a free one
option-allow-host = Let the inbox page and the test API answer under this name too, such as the name of a container; repeatable
option-callback-host = Post callbacks to this host too, not to loopback alone: a container, host.docker.internal; repeatable
option-command = The command and its arguments
option-seed = Draw the same codes, and the faults that come by chance, in every run
option-no-magic-numbers = Switch off the mobile numbers with a built-in fault
option-paytr-merchant = Register the PayTR merchant that this JSON file describes; repeatable
option-story = Play the story in this JSON file while the sandbox runs
option-world = The file that `onay sandbox export` wrote; '-' is stdin
option-print-json = Print one line of JSON with all addresses to stdout, once ready
option-message-to = Only messages to this number, or to this e-mail address
option-message-provider = Only messages of this provider
option-message-tenant = Only messages of this tenant
option-limit = At most this many
option-after = Only a message newer than the one with this id
option-timeout-ms = How long to wait, 120000 at most
option-follow = Go on with what comes, until Ctrl-C or until the sandbox ends
option-otp = Print the code alone
option-expired = Print a code that has expired too
option-call-provider = Only calls to this provider
option-call-tenant = Only calls of this tenant
option-clock-tenant = Only this tenant's clock
option-seconds = By how many seconds
option-fault-kind = What goes wrong
option-ms = How late the response comes, 1 to 120000 (delay)
option-ms-per-byte = How long each byte takes, 1 to 10000 (drip)
option-fault-code = The HTTP status (status; html, 200 without one), or the provider's code (refuse)
option-bytes = After how many bytes the body breaks off (truncate)
option-operation = Only calls of this operation, such as send_otp, otp/resend or send-sms
option-fault-tenant = Only calls of this tenant, named as messages name it
option-times = Only for the next so many calls
option-chance = Only by this chance, above 0 and at most 1
option-add = Keep the existing rules, and add this one behind them
option-rule-id = Only the rule with this id, which `list` shows

option-explain-provider = Whose code: paynet, paywall-masterpass (or masterpass, paywall), paytr-link (or paytr)
option-explain-code = The provider's code as it is in the response; without it the whole table
option-explain-kind = Explain a kind of error instead, such as too_soon
option-network = Look up and connect to the hosts of the configured providers; no HTTP request is sent
option-clock = Compare this machine's clock with a server's Date header, or, without a URL, with the clock of the running sandbox; one request is sent there
option-shell = Which shell
option-into = Write the pages of all commands into this folder, which is made where it is missing

## Usage: a command line that cannot be read

usage-missing = missing: { $arguments }
usage-one-of = one of { $arguments }
usage-extra-value = one value too many (not repeated here, it may be a secret); quote values that contain blanks
usage-no-option = there is no option { $typed }
usage-unknown-option = an unknown option
usage-no-command = there is no such command
usage-missing-command = a command is missing
usage-did-you-mean = did you mean { $known }?
usage-no-value = { $argument }: its value is missing
usage-values = { $argument }: has to be one of: { $values }
usage-unknown-value = { $argument }: '{ $typed }' is not known, it has to be one of: { $values }
usage-twice = { $argument }: is given twice
usage-conflict = { $argument }: cannot be used with { $other }
usage-number-of-values = { $argument }: takes another number of values
usage-not-utf8 = a value is not UTF-8
usage-unreadable = the command line cannot be read
usage-quiet-verbose = --quiet cannot be used with --verbose
value-number = has to be a whole number, 0 or above
value-number-between = has to be a whole number from { $least } to { $most }
value-address = has to be ADDRESS:PORT or a port, such as 127.0.0.1:8027, localhost:8027 or 8027
value-chance = has to be a number above 0 and at most 1, such as 0.1

## Kinds of errors: name, meaning, what to do, and what to tell the customer

-ask-the-customer = A message may have gone out: ask the customer for the code, or the link, before you send another.
-may-have-arrived = If the code has arrived, type it; if not, you can ask for another one soon.

# $kind (String) - as `ErrorKind::as_str` has it
kind-meaning = { $kind ->
    [invalid_input] A value cannot be sent as it is, such as a landline number. It was caught before anything left.
    [config] The provider is set up wrongly: a variable is missing or wrong, a key holds a newline. It was caught before anything left.
    [credentials] The provider does not know these keys or does not let them do this; or a signature does not match.
    [wrong_code] The code is not the one that was sent.
    [expired] The code is too old or already used, or there is no such session.
    [too_soon] It is too early to ask again.
    [limit_reached] No more tries, or no more messages, are allowed.
    [action_required] The customer has to do something else first: 3-D Secure, or another code.
    [refused] The provider read the request and said no. Codes that are in no table are read so too, and kept.
    [unsupported] This provider cannot do what was asked. It was caught before anything left.
    [unreachable] No connection: refused, unknown host, TLS failure, or time ran out. The request never left. A guard's own names no provider: its store was not reached.
    [interrupted] The connection broke, or time ran out, once the request may have left.
    [unreadable] The answer says neither yes nor no: it is empty, HTML, cut short or too long.
    [upstream] The provider itself is in trouble: HTTP 5xx, a server error or a timeout of its own.
   *[other] An error that this version does not know.
}

# $kind (String) - as `ErrorKind::as_str` has it
kind-advice = { $kind ->
    [invalid_input] Correct the value and call again; nothing went out.
    [config] Correct the setting; `onay doctor` shows what is set.
    [credentials] Check the keys and the environment (`onay doctor`). Trying again with the same keys changes nothing.
    [wrong_code] Ask the customer to type the code again; do not send another.
    [expired] Start over: send a new code, in a new session.
    [too_soon] Wait before asking again (retry_after_ms, where it is named); a code that was sent before can still be typed.
    [limit_reached] Do not try again; begin the payment anew, or offer another way to pay.
    [action_required] Send the customer to action_url, or ask for the code that is on its way; go on with the newest challenge.
    [refused] Look at the provider's code and message; the same request again changes nothing. Ask the provider about a code that is not known.
    [unsupported] Use another provider, or another call, in your code.
    [unreachable] Sending again is safe. `onay doctor --network` shows whether the host can be reached; where calls go to the sandbox, `onay sandbox serve` has to be running.
    [interrupted] { -ask-the-customer }
    [unreadable] { -ask-the-customer }
    [upstream] { -ask-the-customer }
   *[other] Use a newer version of onay.
}

# $kind (String) - as `ErrorKind::as_str` has it
kind-customer = { $kind ->
    [invalid_input] Please check the number that you typed.
    [config] Please try another way to pay.
    [credentials] Please try another way to pay.
    [wrong_code] The code is wrong. Please type it again.
    [expired] The code has expired. Shall we send a new one?
    [too_soon] Please wait a little before you ask again. If a code has arrived, you can type it.
    [limit_reached] Too many tries. Please pay later, or in another way.
    [action_required] One more step is needed to complete the payment.
    [refused] This did not work. You can try another card, or another way to pay.
    [unsupported] This way to pay is not available; you can choose another.
    [unreachable] We cannot send a code right now. Please try again in a moment.
    [interrupted] { -may-have-arrived }
    [unreadable] { -may-have-arrived }
    [upstream] { -may-have-arrived }
   *[other] This did not work.
}

## Failures: what a failed command says

failed-refused = The provider said no, and for this call its code says no more.
failed-action-url = the customer goes on at { $url }
failed-code = the provider's code: { $code }
failed-maybe-checked = the code may have been checked, and used up
failed-provider-text = the provider wrote: { $text }
failed-because = because: { $cause }
failure-not-printed = the result could not be printed: { $cause }
failure-call-not-printed = the call was answered, but its result could not be printed: { $cause }
failure-wait-timed-out = no message came within { $ms } ms
failure-sandbox-refused = the sandbox says: { $text }

## Next: what to do after a failure

next-not-printed = do not repeat the call: the provider said yes, so it is done: a code or link is on its way, a code is used up, or a link is made or deleted
next-refused = Ask the provider why; the same request again changes nothing.
next-not-in-table = `onay explain { $provider }` shows the whole table; ask the provider about the code
next-wait-timed-out = `onay sandbox journal` shows which calls came, and what was wrong with them
next-no-code = have another code sent, then wait for it with --after; --expired prints one that has expired
next-sandbox-refused = correct the command; its --help has examples
next-address-taken = choose another address: --listen 127.0.0.1:0 finds a free port; if it is a sandbox, use it: onay sandbox messages
next-listen = choose another address: --listen 127.0.0.1:0 finds a free port
next-invalid-host = correct --allow-host or --callback-host
next-invalid-merchant = correct the file of --paytr-merchant
next-invalid-story = correct the file of --story; nothing was played
next-sandbox = `onay sandbox serve --help` shows what it takes
next-usage = the command's --help shows what it takes
next-unexpected = if it is not clear why, run it again with -vv
next-callback-not-taken = first find out whether your server handled the callback: another run posts another signed "paid"
next-sandbox-unsure = whether the sandbox did it is not known: look, for instance with `onay sandbox journal`, and run it again where that does no harm
next-callback-interrupted = find out whether the callback reached your server before you send it again
next-callback-altered = this is not what PayTR posted, byte for byte
next-callback-unsigned = this is not what PayTR posted, byte for byte, or the key or salt is another merchant's
next-callback-unpaid = the signature is right, and nothing was paid: ship nothing for it
next-stdin = give the body on stdin: onay callback verify < body.txt
next-ask-again = whether the code was checked is not known: ask the customer to type it again, with the same session
next-start-over = whether it was done is not known, and no message is on its way: start over
next-link-unsure = a message may have gone out: ask the customer for the link before you send it again
next-correct = correct { $option } and run it again
next-correct-unsent = correct { $option } and run it again; nothing went out
next-account-link = { $advice }. Did `onay masterpass link` send the code? Then add --account-link.
next-journal = `onay sandbox journal` says what was wrong with the call
next-too-soon = ask again in { $wait }; a code that was sent before can still be typed
next-too-soon-link = try again in { $wait }
next-too-soon-link-unknown = wait before you try again
next-credentials = check { $variables } (`onay doctor`)
next-credentials-paynet = check PAYNET_SECRET_KEY, PAYNET_ENV (`onay doctor`); your server's static IP has to be registered with Paynet
next-live = add --live, or set another { $variable }
next-unset = set { $variable }; `onay doctor` shows what is set
next-config = correct { $variable }; `onay doctor` shows what is set
next-unknown-code = this code is in no table and is read as refused: ask the provider. --show-provider-text shows what it wrote
next-certificate = the request never left: the server's certificate was not accepted. It may have expired, its issuer may be unknown to this machine, or this machine's clock is wrong: check its date and time first
next-unreachable = sending again is safe; `onay doctor --network` shows whether the host can be reached
next-unreachable-sandbox = `onay sandbox serve` has to be running; then sending again is safe. `onay doctor --network` shows whether the host can be reached
next-not-found = nothing is at the address that was called: check { $variable }, its path too; `onay doctor` shows where calls go
next-sandbox-address = correct { $variable }: a sandbox is called by plain http, and its host by a name that this machine knows; then sending again is safe
next-unreachable-address = check the address: a program has to be listening there

## otp

otp-sent = a code for { $to }
otp-sent-resend = a code for { $to }; another may be asked for in { $wait }
otp-approved = the code of { $to }

## masterpass

masterpass-session = session { $session }
masterpass-session-expires = session { $session }; it expires in { $wait }
masterpass-verify-with = verify it with: onay masterpass verify { $arguments } --account-link --code CODE
masterpass-sent = a code is sent by Masterpass
masterpass-sent-by-bank = a code is sent by the card's bank
masterpass-not-sent = no new code was named

## link

link-created = { $id } at { $url }
link-created-without-address = { $id }, no address was named
link-accepted = { $id } goes to { $to }; whether it arrives is not reported
link-not-deleted = not deleted: { $ids }

## callback

callback-paid = { $id }, transaction { $oid }, { $amount } in minor units; answer OK
callback-accepted = your server answered OK
callback-not-taken = your server did not answer exactly OK: { $why } (HTTP { $status }, body: "{ $body }")
callback-unanswered = your server did not answer: { $why }
callback-none = the sandbox has posted no callback yet: pay a link that names a callback address

## token

token-signed = signed
token-right = the expected token is right
token-wrong = the expected token is wrong
token-other-values = another key or other values

## sandbox

exec-not-started = { $program } cannot be started: { $cause }
sandbox-imported = the sandbox goes on from this file
sandbox-reset = the sandbox is reset
sandbox-clock = { $now } ({ $seconds } s ahead)
sandbox-no-messages = no messages
sandbox-message-to = to
serve-ready = The sandbox is ready. Nothing is really sent; Ctrl-C stops it.
serve-inbox = inbox
serve-first = Send the first message from another terminal:
file-unreadable = { $file } cannot be read: { $cause }
file-too-long = { $file } is longer than { $bytes } bytes, which no such file is
import-not-json = { $file } is not JSON
wait-no-code = this message has no code
wait-expired = the code of message #{ $id } has expired
serve-merchant-not-json = --paytr-merchant: { $file } is not JSON with merchant_id, merchant_key and merchant_salt, each a text
journal-empty = no calls yet
journal-unknown-operation = unknown operation
# $outcome (String)
journal-outcome = { $outcome ->
    [accepted] accepted
    [refused] refused
   *[other] unhandled
}
journal-no-response = no response was sent
journal-message = it sent message #{ $id }
journal-callback = callback #{ $id }
journal-fault = fault on purpose: { $fault }
journal-doctor = what was wrong: { $text }
fault-none = no faults
fault-any-call = any call
fault-times = { $calls ->
    [one] the next call
   *[other] the next { $calls } calls
}
fault-chance = by a chance of { $chance }
api-no-sandbox = what answers there is no sandbox
api-not-json = what answers there with HTTP { $status } is no sandbox
api-too-long = what answers there is no sandbox: its response is too long

## explain

explain-no-provider = a provider is missing
explain-no-kind = there is no such kind
explain-unknown = this code is not in the table of { $provider }. A code that is in no table is kept and read as refused
explain-unknown-near = this code is not in the table of { $provider }; did you mean { $near }? A code that is in no table is kept and read as refused
explain-assumed = This reading is assumed: its meaning for these calls is not documented.
explain-assumed-mark = (assumed)
explain-more = `onay explain { $provider } CODE` tells more: what to do, and the exit code
explain-yes = yes
explain-means = means
explain-dispatch = message
explain-dispatch-of-guard = { $sent }; a guard's own refusal: { $unsent }
explain-exit-code = exit code
explain-advice = what to do
explain-customer = customer
explain-codes = codes
explain-no-codes = none: it is told by onay itself and not by a provider's code

## doctor

doctor-begin = No provider is configured yet. To begin without any account:
doctor-no-host = There is no host to reach: configure a provider first.
doctor-unconfigured = not configured
doctor-address = calls go to
doctor-no-address = unknown
doctor-network = network
doctor-sandbox = a running sandbox is looked for at
doctor-clock = clock
doctor-fine = nothing is wrong
doctor-warned = no setting is wrong; see the warning marked with !
doctor-wrong = there is something to correct
doctor-unreachable = a host cannot be reached
doctor-proxy = proxy
doctor-no-proxy = none
doctor-proxy-ignored = { $variables } is ignored: a proxy is named by ONAY_PROXY, or by --proxy with a command
doctor-proxy-reached = --network connects to the proxy and not to the provider
doctor-sandbox-key = PAYNET_SECRET_KEY: the sandbox takes only keys that begin with sck_test_, such as sck_test_demo
doctor-set-twice = { $variable } and { $variable }_FILE are both set: one will do
doctor-open-file = { $variable }_FILE: every user of this machine can read the file (chmod 600)
doctor-stdin = stdin was not read, so the key that comes from there was not checked
doctor-live = live: real messages go out; the commands of `onay` need --live as well
doctor-paytr-test = PayTR has no test host: the shop's own setting decides whether messages are real
doctor-paynet-ip = Paynet requires calls to come from a static IP that is registered with it
setting-unset = not set
setting-stdin = comes from stdin, not read
setting-unreadable = could not be read
setting-environment = from the environment
setting-file = from the file { $file }
setting-length = { $characters ->
    [one] 1 character
   *[other] { $characters } characters
}
network-open = TCP connection in { $ms } ms; no HTTP request was sent
network-no-name = its name could not be looked up: { $cause }
network-name-late = { $seconds } s were over while looking its name up
network-no-tcp = no TCP connection: { $cause }
network-tcp-late = { $seconds } s were over while opening a TCP connection
clock-no-date = this server's response has no Date header that can be read
clock-agrees = this machine agrees with { $server }
clock-behind = this machine is { $seconds } s behind { $server }
clock-ahead = this machine is { $seconds } s ahead of { $server }
clock-virtual = the sandbox's clock is virtual: `onay sandbox clock advance` moves it, `onay sandbox reset` sets it back
clock-used =
    No signature and no token holds a time. This machine's clock counts where TLS certificates are checked, and where a
    provider's response has no Date header to count a wait from; expires_at and resend_after are the provider's times.

## Shell: man pages

man-written = { $count } pages written to { $folder }
man-not-written = --into: { $path } cannot be written: { $cause }

## demo

demo-sandbox = A sandbox plays the providers on this machine. Nothing is really sent.
demo-wait = wait { $wait }
demo-shop-refused = the shop refused it
demo-unexpected-yes = { $operation } said yes where { $kind } was due
demo-no-code = the inbox has no code
demo-no-callback = no callback came
demo-end = { $count } responses, each as it should be
demo-next = What next
demo-next-serve = Keep a sandbox open and watch its inbox in a browser: onay sandbox serve
demo-next-source = (from the source: cargo run -p onay-cli -- sandbox serve)

demo-paynet = A card OTP through Paynet, from the request to the approval
demo-paynet-send = The shop asks Paynet to send a code to { $phone }
demo-paynet-sent = accepted; another may be asked for in { $wait }
demo-paynet-phone = The customer's phone shows
demo-paynet-early = The customer is impatient, and the shop asks again at once
demo-paynet-no-second = no second message; messages in the inbox: { $count }
demo-paynet-types = The customer types { $code }
demo-paynet-wrong = they may try again
demo-paynet-approved = approved; the card can be saved
demo-paynet-again = Somebody types the same code once more
demo-paynet-used = a code works once
demo-paynet-late = Another code, but the customer answers after ten minutes
demo-paynet-expired = time to send a new one

demo-guard = One SMS, however often "resend" is pressed
demo-guard-presses = The customer presses "resend" on { $tabs } tabs, each with a session of its own
demo-guard-first = tab 1: accepted
demo-guard-held = tab { $tab }: the guard asks Paynet nothing
demo-guard-count = messages in the inbox: { $count }
demo-guard-without = The same without the guard: to Paynet another session is another customer
demo-guard-second = accepted; messages in the inbox: { $count }

demo-masterpass = A Masterpass account through Paywall, and a code that never arrives
demo-masterpass-link = The shop opens a session and links the customer's account
demo-masterpass-linked = accepted: a code is on its way, and its token came back
demo-masterpass-lost = The SMS never arrives, and the shop sends the code again at once
demo-masterpass-early = no other code, it is too early
demo-masterpass-later = A minute later it asks again
demo-masterpass-resent = accepted: a new token, and the old one is no longer valid
demo-masterpass-old-tab = An old tab still has the old token
demo-masterpass-old-token = the payment goes on with the new token
demo-masterpass-types = The customer types { $code }, and the shop uses the newest challenge
demo-masterpass-approved = approved; the account is linked

demo-paytr = A payment link through PayTR, sent, paid, and proven
demo-paytr-create = The shop creates a link for 14.45 TL
demo-paytr-created = created: { $id }
demo-paytr-send = It goes to { $phone } by SMS, and by e-mail too
demo-paytr-sent = accepted, twice; PayTR does not say whether it arrived
demo-paytr-pays = The customer opens it and pays; PayTR calls the shop back
demo-paytr-paid = the signature is right: { $id } paid { $amount } kuruş; the shop answers OK
demo-paytr-forges = Somebody sends the same callback with another amount
demo-paytr-forged = not PayTR's signature
demo-paytr-delete = The link is deleted, and sent once more
demo-paytr-gone = there is no such link any more
