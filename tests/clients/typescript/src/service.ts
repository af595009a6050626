// What every script here needs: the service, its mails, and the native client that proves a mailbox.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "../generated/native.js";

const [baseUrl = "", mails = ""] = process.argv.slice(2);
const PATIENCE_MS = 60_000;

export { baseUrl };
export const native = createClient<paths>({ baseUrl });

/** The value, which has to be there: whatever else the service answered is told. */
export function expected<T>(value: T | undefined, error: unknown): T {
  if (value === undefined) {
    throw new Error(`not what the documents say: ${JSON.stringify(error)}`);
  }
  return value;
}

/** The token of the link that was mailed to an address; waits for the mail. */
export async function mailedToken(address: string): Promise<string> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await setTimeout(20)) {
    const names = await readdir(mails).catch((): string[] => []);
    for (const name of names.filter((name) => name.endsWith(".eml"))) {
      const mail = await readFile(join(mails, name), "utf8");
      const token = /\/l\/([\w-]{43})/.exec(mail)?.[1];
      if (token !== undefined && mail.includes(`\r\nTo: ${address}\r\n`)) {
        return token;
      }
    }
  }
  throw new Error(`no mail to ${address}`);
}

/** Redeems the link that was mailed to an address, with the password of the registration as the proof. */
export async function verify(email: string, password: string): Promise<components["schemas"]["Account"]> {
  const body = { token: await mailedToken(email), password };
  const { data, error } = await native.POST("/account/v1/email-verifications", { body });
  return expected(data, error).account;
}

/** Says what was seen to the test that has started the script. */
export function report(seen: object): void {
  process.stdout.write(JSON.stringify(seen));
}
