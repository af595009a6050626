// Registers by the form dialect; the mailbox is proven natively. Then signs in by the dialect and renews the tokens.

import createClient from "openapi-fetch";
import type { paths } from "../generated/form.js";
import { baseUrl, expected, report, verify } from "./service.js";

const client = createClient<paths>({ baseUrl });
const [email, password] = ["user@example.com", "yourpassword"];
const person = { name: "Test User", account: "testuser", email, password, password_confirm: password };
// openapi-fetch sends JSON unless it is told the media type.
const headers = { "Content-Type": "application/x-www-form-urlencoded" };

const wrong = { ...person, name: "Test", email: "user" };
const refused = await client.POST("/api/v1/auth/register", { body: wrong, headers });
const { errors } = expected(refused.error, refused.data);
const mistyped = { ...person, password_confirm: "mypassword" };
const differing = await client.POST("/api/v1/auth/register", { body: mistyped, headers });

const registered = await client.POST("/api/v1/auth/register", { body: person, headers });
const { id } = expected(registered.data, registered.error);
const account = await verify(email, password);

const signedIn = await client.POST("/api/v1/auth/login", { body: { email, password } });
const { refresh_token } = expected(signedIn.data, signedIn.error);
const renewed = await client.POST("/api/v1/auth/token", { body: { refresh_token } });
const { access_token } = expected(renewed.data, renewed.error);
const own = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${access_token}` } });
const whoami = await own.GET("/api/v1/user/whoami");
const shown = expected(whoami.data, whoami.error);

report({
  id: account.id,
  email: account.email,
  same: id === account.id && shown.id === account.id,
  refused: typeof errors === "string" ? [] : Object.keys(errors),
  differing: expected(differing.error, differing.data).errors,
});
