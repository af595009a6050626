// The native client of another generator, @hey-api/openapi-ts: registers, verifies and reads its account.

import { client } from "./hey-client/client.gen.js";
import { getMe, register, signIn, verifyEmail } from "./hey-client/sdk.gen.js";
import type { Account, EmailVerified, RegistrationAccepted, SignedIn } from "./hey-client/types.gen.js";
import { baseUrl, expected, mailedToken, report } from "./service.js";

client.setConfig({ baseUrl });
const [email, password] = ["jane@acme.com", "velvet lantern gravel orchid"];

const refused = await register({ body: { email: "jane", password: "short" } });
const violations = expected(refused.error, refused.data).violations ?? [];

const registered = await register({ body: { email, password, name: "Jane Appleseed" } });
const accepted: RegistrationAccepted = expected(registered.data, registered.error);

const proven = await verifyEmail({
  headers: { "X-Registration-Continuation": accepted.continuation },
  body: { token: await mailedToken(email) },
});
const verified: EmailVerified = expected(proven.data, proven.error);

const opened = await signIn({ body: { email, password } });
const signedIn: SignedIn = expected(opened.data, opened.error);
const me = await getMe({ auth: signedIn.token });
const account: Account = expected(me.data, me.error);
if (account.id !== verified.account.id || signedIn.account.role !== "user") {
  throw new Error("signed in as somebody else");
}

report({ id: account.id, email: account.email, refused: violations.map((violation) => violation.pointer) });
