"""How the registers of the laboratory look."""

from cancu.core.line import Register

from .models import Instrument, Request, Result, Sample, Standard, Test, Verification, VerifierCard


class Requests(Register):
    model = Request
    columns = ("number", "customer", "site", "received_on", "due_on", "returned_on", "fee")
    filters = ("site", "received_on", "returned_on")
    search = ("number", "customer__folded")
    order = "-received_on"
    figures = ("laboratory.requests", "laboratory.on_time_share", "laboratory.fees")
    related = ("verifications", "samples")


class Instruments(Register):
    model = Instrument
    columns = ("code", "kind", "serial", "maker", "accuracy_class", "user")
    filters = ("kind", "field")
    search = ("code", "serial", "user__folded")
    order = "code"
    related = ("verifications",)


class Standards(Register):
    model = Standard
    columns = ("code", "name", "field", "calibrated_on", "calibrated_until", "state")
    filters = ("field", "calibrated_until", "state")
    search = ("code", "name")
    order = "calibrated_until"
    figures = ("laboratory.standards",)


class VerifierCards(Register):
    model = VerifierCard
    columns = ("number", "holder", "field", "issued_on", "expires_on")
    filters = ("field", "expires_on")
    search = ("number", "holder__folded")
    order = "expires_on"
    figures = ("laboratory.verifier_cards",)


class Verifications(Register):
    model = Verification
    columns = ("number", "instrument", "act", "mode", "performed_on", "passed", "certificate", "valid_until", "state")
    filters = ("performed_on", "field", "act", "mode", "passed", "valid_until", "state")
    search = ("number", "certificate", "stamp", "instrument__user__folded")
    order = "-performed_on"
    figures = ("laboratory.instruments", "laboratory.passed_share", "laboratory.failed")


class Samples(Register):
    model = Sample
    columns = ("code", "kind", "customer", "received_on", "report_number", "approved_on", "state")
    filters = ("kind", "received_on", "approved_on", "state")
    search = ("code", "report_number", "customer__folded")
    order = "-received_on"
    figures = ("laboratory.samples", "laboratory.samples_received")
    related = ("tests",)
    rows = ("tests",)


class Tests(Register):
    model = Test
    columns = ("code", "sample", "parameter", "method", "measured_in", "limit")
    filters = ("subcontracted",)
    search = ("code", "parameter")
    order = "code"
    related = ("results",)


class Results(Register):
    model = Result
    columns = ("code", "test", "value", "passed", "tested_on", "state")
    filters = ("passed", "tested_on", "state")
    search = ("code", "test__parameter")
    order = "-tested_on"
    figures = ("laboratory.tests", "laboratory.tests_failed")
