// A person between the boxes and the record: no number is lost by a box that was not shown.
import { describe, expect, it } from "vitest";
import type { Person } from "../src/lib/bindings";
import { emptyPerson, fromPerson, hasUpn, numbersOf, toPerson } from "../src/pages/children/person";

const ayla: Person = {
  id: "ayla",
  name: "Ayla Sampleton",
  role: "child",
  birth: { known: "unknown" },
  identifiers: [
    { kind: "hc_number", value: "3200000007" },
    { kind: "agency", value: "Y-17", issuer: "Sampleshire youth team" },
  ],
  unknown_numbers: ["nhs_number", "chi_number"],
};

describe("numbers of a person", () => {
  it("go into the boxes and come back as they were", () => {
    const form = fromPerson(ayla, "england");
    expect([form.number, form.number_unknown, form.upn, form.upn_unknown]).toEqual(["", true, "", false]);
    expect(form.local).toEqual([{ value: "Y-17", issuer: "Sampleshire youth team" }]);
    const sent = toPerson(form, "child", "england", ayla);
    expect(sent.identifiers).toEqual([
      { kind: "agency", value: "Y-17", issuer: "Sampleshire youth team" },
      { kind: "hc_number", value: "3200000007" },
    ]);
    expect(sent.unknown_numbers).toEqual(["nhs_number", "chi_number"]);
  });

  it("are sent as typed, each with its kind, and empty ones are not", () => {
    const form = {
      ...emptyPerson(),
      number: "943 476 5919",
      upn: "H801200001001",
      local: [
        { value: "", issuer: "nobody" },
        { value: "3", issuer: "" },
      ],
    };
    expect(toPerson(form, "child", "wales").identifiers).toEqual([
      { kind: "nhs_number", value: "943 476 5919" },
      { kind: "upn", value: "H801200001001" },
      { kind: "agency", value: "3", issuer: "" },
    ]);
  });

  it("are told with whose each is, and those that nobody knows apart from those that nobody asked for", () => {
    expect(numbersOf(ayla)).toEqual([
      ["Health and Care number", "320 000 0007"],
      ["Number of Sampleshire youth team", "Y-17"],
      ["NHS number", "Asked for, not known"],
      ["CHI number", "Asked for, not known"],
    ]);
    expect(numbersOf({ ...ayla, identifiers: [], unknown_numbers: [] })).toEqual([]);
  });

  it("of pupils are asked for where schools have them", () => {
    expect(
      ["england", "wales", "scotland", "northern_ireland"].filter((one) => hasUpn(one as "wales")),
    ).toEqual(["england", "wales"]);
  });
});
