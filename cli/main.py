"""The ``secondments`` command."""

import typer

from cli import (
    audit,
    card,
    clockwork,
    evaluate,
    exchange,
    guide,
    knowledge,
    match,
    retention,
    round,
    service,
    simulate,
)

app = typer.Typer(
    name="secondments",
    help="Two-way secondments between government and civil society.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(service.init)
app.command()(service.demo)
app.command()(service.serve)
app.command()(service.up)
app.command()(service.status)
app.command()(clockwork.tick)
app.command()(clockwork.send)
app.command("import")(exchange.import_offers)
app.command()(exchange.export)
app.command()(match.rank)
app.command("round")(round.run_round)
app.command()(retention.purge)
app.command("simulate")(simulate.simulate_learning)
app.command()(guide.guide)
app.command()(card.card)
app.command("build-knowledge")(knowledge.build_knowledge)
app.command()(evaluate.evaluate)
app.add_typer(audit.app, name="audit")

if __name__ == "__main__":
    app()
