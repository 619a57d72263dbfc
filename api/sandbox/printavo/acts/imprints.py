"""Decorations of a group: free text and a type of work."""

from datetime import datetime
from typing import Any

from api.sandbox.printavo.acts.inputs import ById, ImprintIn
from api.sandbox.printavo.acts.mockups import check_addresses, write_mockup
from api.sandbox.printavo.acts.verbs import Verb
from api.sandbox.printavo.orders import Group, Imprint
from api.sandbox.printavo.records import Account, TypeOfWork
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args


class ImprintOf(Args):
    line_item_group_id: str
    input: ImprintIn


class ImprintChange(Args):
    id: str
    input: ImprintIn


def check_imprint(world: World, account: Account, given: ImprintIn) -> None:
    if given.type_of_work and given.type_of_work.id is not None:
        world.get(TypeOfWork, given.type_of_work.id, account)
    check_addresses(world, [mockup.public_image_url for mockup in given.mockups or ()])


def write_imprint(world: World, group: Group, given: ImprintIn, at: datetime) -> Imprint:
    imprint = world.keep(Imprint(**world.stamped(Imprint, group.account, at), group=group))
    _fill(world, imprint, given)
    imprint.mockups = [write_mockup(world, group.account, mockup, at) for mockup in given.mockups or ()]
    group.imprints.append(imprint)
    return imprint


def drop_imprint(world: World, imprint: Imprint) -> None:
    """Take it out of the books with its pictures; its group's list is the caller's."""
    for mockup in imprint.mockups:
        world.drop(mockup)
    world.drop(imprint)


def _fill(world: World, imprint: Imprint, given: ImprintIn) -> None:
    if "details" in given.model_fields_set:
        imprint.details = given.details
    if "type_of_work" in given.model_fields_set:
        wanted = given.type_of_work.id if given.type_of_work else None
        imprint.type_of_work = world.find(TypeOfWork, wanted, imprint.account)


def _check_create(world: World, account: Account, given: ImprintOf) -> None:
    world.get(Group, given.line_item_group_id, account)
    check_imprint(world, account, given.input)


def _create(world: World, account: Account, given: ImprintOf, at: datetime) -> str:
    group = world.get(Group, given.line_item_group_id, account)
    world.touch(at, group, group.order)
    return write_imprint(world, group, given.input, at).id


def _check_change(world: World, account: Account, given: ImprintChange) -> None:
    world.get(Imprint, given.id, account)
    check_imprint(world, account, given.input)


def _change(world: World, account: Account, given: ImprintChange, at: datetime) -> str:
    imprint = world.get(Imprint, given.id, account)
    _fill(world, imprint, given.input)
    world.touch(at, imprint, imprint.group, imprint.group.order)
    return imprint.id


def _check_delete(world: World, account: Account, given: ById) -> None:
    world.get(Imprint, given.id, account)


def _delete(world: World, account: Account, given: ById, at: datetime) -> str:
    imprint = world.get(Imprint, given.id, account)
    imprint.group.imprints.remove(imprint)
    drop_imprint(world, imprint)
    world.touch(at, imprint.group, imprint.group.order)
    return imprint.id


VERBS: dict[str, Verb[Any]] = {
    "imprintCreate": Verb(ImprintOf, _check_create, _create, Imprint, "imprintCreates"),
    "imprintUpdate": Verb(ImprintChange, _check_change, _change, Imprint, "imprintUpdates"),
    "imprintDelete": Verb(ById, _check_delete, _delete, None, "imprintDeletes"),
}
