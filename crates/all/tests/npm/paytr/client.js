// Runs every link call of the published client against the address in argv, with the salt in argv,
// and prints what came of each as one line of JSON.
const PayTR = require('paytr-node');
const [baseUrl, merchantSalt, known] = process.argv.slice(2);
const client = new (PayTR.PayTR || PayTR.default || PayTR)({
  merchantId: '100001',
  merchantKey: 'sandbox-merchant-key',
  merchantSalt,
  baseUrl,
});

async function outcome(call) {
  try {
    return { ok: await call() };
  } catch (error) {
    return { error: error.message };
  }
}

(async () => {
  const create = await outcome(() => client.link.create({
    name: 'Çiçek buketi',
    price: '1445',
    currency: 'TL',
    maxInstallment: '1',
    linkType: 'product',
    lang: 'tr',
    minCount: '1',
  }));
  const id = create.ok ? create.ok.id : known;
  const sms = await outcome(() => client.link.sendSms(id, '05550000042'));
  const email = await outcome(() => client.link.sendEmail(id, 'musteri@example.com'));
  const remove = await outcome(() => client.link.delete(id));
  console.log(JSON.stringify({ create, sms, email, remove }));
})();
