// Registers natively, verifies by the continuation, and signs in.

import createClient from "openapi-fetch";
import type { paths } from "../generated/native.js";
import { baseUrl, expected, mailedToken, native, report } from "./service.js";

const email = "jane@acme.com";
const password = "velvet lantern gravel orchid";

const refused = await native.POST("/account/v1/registrations", { body: { email: "jane", password: "short" } });
const violations = expected(refused.error, refused.data).violations ?? [];

const registered = await native.POST("/account/v1/registrations", { body: { email, password, name: "Jane Appleseed" } });
const { continuation } = expected(registered.data, registered.error);

const verified = await native.POST("/account/v1/email-verifications", {
  params: { header: { "X-Registration-Continuation": continuation } },
  body: { token: await mailedToken(email) },
});
const { account } = expected(verified.data, verified.error);

const signedIn = await native.POST("/account/v1/sessions", { body: { email, password } });
const { token } = expected(signedIn.data, signedIn.error);
const own = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
const me = await own.GET("/account/v1/me");
if (expected(me.data, me.error).id !== account.id) {
  throw new Error("signed in as somebody else");
}

report({ id: account.id, email: account.email, refused: violations.map((violation) => violation.pointer) });
