// Registers by the mikrocloud dialect; the mailbox is proven natively.

import createClient from "openapi-fetch";
import type { paths } from "../generated/mikrocloud.js";
import { baseUrl, expected, report, verify } from "./service.js";

const client = createClient<paths>({ baseUrl });
const person = { name: "John Appleseed", country: "ZA" };

const wrong = { ...person, email: "john", password: "short", password_confirmation: "short" };
const refused = await client.POST("/user", { body: wrong });
const error = expected(refused.error, refused.data);

const [email, password] = ["john@acme.com", "SDf345FCe"];
const registered = await client.POST("/user", { body: { ...person, email, password, password_confirmation: password } });
expected(registered.data, registered.error);

const account = await verify(email, password);
report({ id: account.id, email: account.email, refused: "errors" in error ? Object.keys(error.errors) : [] });
