"""The call path, over the wire, with a real provider."""

import orjson


async def test_a_granted_call_reaches_the_provider_and_comes_back(mediator) -> None:
    async with mediator() as world:
        answer = await world.call("/v1/entries?page=2", method="POST", body=b'{"a": 1}')

        assert answer.status == 200, answer.body
        assert orjson.loads(answer.body) == {"provider": "answers"}
        assert "X-Road-Error" not in answer.headers
        assert world.provider.last.target == "/v1/entries?page=2"
        assert world.provider.last.body == b'{"a": 1}'
