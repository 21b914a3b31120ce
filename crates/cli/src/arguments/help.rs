//! What stands below the help texts: examples, and where the settings come from.

pub(super) const EXAMPLES: &str = "\
Examples:
  onay demo                  # the whole story on a sandbox of its own; nothing needed
  onay sandbox serve         # a sandbox with an inbox at http://127.0.0.1:8027/
  onay otp send --provider paynet --to '0555 000 00 42' --session order-1
  onay explain paynet 5      # what Paynet's code 5 means, and what to do
  onay doctor                # what is configured, and what is wrong with it
  onay doctor --lang tr      # the same in Turkish

The environment says where and as whom; see `onay otp --help`, `onay masterpass --help`
and `onay link --help`.
  ONAY_SANDBOX_URL           a sandbox that is not at http://127.0.0.1:8027
  LC_ALL, LC_MESSAGES, LANG  Turkish where they begin with tr; --lang wins
  NO_COLOR, CLICOLOR_FORCE   no colours, or colours where no terminal is; --color wins
  RUST_LOG                   what is traced to stderr, such as onay_http=debug; wins over -v

Exit codes:
  0 done · 1 unexpected · 2 usage or invalid input · 3 refused · 4 credentials · 5 too soon
  6 a message may have gone out · 7 not sent · 8 waited in vain";

pub(super) const PAYNET_ENVIRONMENT: &str = "\
Environment:
  PAYNET_ENV            test, live (with --live on top) or sandbox
  PAYNET_SECRET_KEY     sck_…, or PAYNET_SECRET_KEY_FILE with the name of a file ('-' is stdin)
  PAYNET_BASE_URL       another server than the environment's

`onay doctor` shows which are set, and no key.";

pub(super) const OTP_HELP: &str = "\
Examples:
  export PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo  # for `onay sandbox serve`
  onay otp send --provider paynet --to '0555 000 00 42' --session order-1
  onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code -";

pub(super) const MASTERPASS_HELP: &str = "\
Examples:
  export PAYWALL_ENV=sandbox PAYWALL_PRIVATE_KEY=test-key PAYWALL_PRIVATE_CLIENT=test-client
  onay masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'
  onay masterpass link --session SESSION
  onay masterpass verify --session SESSION --token TOKEN --code - --account-link

Environment:
  PAYWALL_ENV             test, live-turkey or live-global (with --live on top), or sandbox
  PAYWALL_PRIVATE_KEY     sent as apikeyprivate, or PAYWALL_PRIVATE_KEY_FILE ('-' is stdin)
  PAYWALL_PRIVATE_CLIENT  sent as apiclientprivate, or PAYWALL_PRIVATE_CLIENT_FILE
  PAYWALL_BASE_URL        another server than the environment's

Always go on with the session and the token of the latest answer: a resend kills the token before.";

pub(super) const PAYTR_ENVIRONMENT: &str = "\
Environment:
  PAYTR_ENV            test, live (with --live on top) or sandbox
  PAYTR_MERCHANT_ID    the shop's number
  PAYTR_MERCHANT_KEY   or PAYTR_MERCHANT_KEY_FILE with the name of a file ('-' is stdin)
  PAYTR_MERCHANT_SALT  or PAYTR_MERCHANT_SALT_FILE
  PAYTR_BASE_URL       another server than the environment's

The sandbox knows the merchant 100001 with sandbox-merchant-key and sandbox-merchant-salt.";

pub(super) const LINK_HELP: &str = "\
Examples:
  onay link create --name 'Çiçek buketi' --price 14.45 --product
  onay link sms --id ID --to '0555 000 00 42'
  onay link email --id ID --to musteri@example.com
  onay link delete --id ID";

pub(super) const CALLBACK_HELP: &str = "\
Examples:
  onay callback verify < body.txt
  onay callback trigger --to http://127.0.0.1:8080/paytr --callback-id ORDER0001 --price 14.45";

pub(super) const TOKEN_HELP: &str = "\
Examples:
  onay token explain --call send-sms --id NB2Zlz3 --to 05550000042
  onay token explain --call create-product --name 'Çiçek buketi' --price 14.45
  onay token explain --call send-sms --id NB2Zlz3 --to 05550000042 --expect TOKEN";
