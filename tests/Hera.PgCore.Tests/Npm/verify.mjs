// Verifies deliveries as their receivers do, with the library of the Standard Webhooks. Input: [{secret, format, headers, body, later}],
// body in base64, later in seconds of the receiver's clock. Outcome: for each "accepted" or the reason of the refusal.
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const clock = Date.now;
const outcomes = JSON.parse(process.argv[2]).map(({ secret, format, headers, body, later }) => {
  Date.now = () => clock() + later * 1000;
  try {
    new Webhook(secret, { format }).verify(Buffer.from(body, 'base64').toString('utf8'), headers);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return error.message;
  }
});
console.log(JSON.stringify(outcomes));
