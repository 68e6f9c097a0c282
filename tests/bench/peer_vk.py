"""The comments of a wall as a short program with requests and json reads them:
as many calls as there are posts, one line of JSON a comment.

usage: peer_vk.py URL GROUP POSTS (the token is the first line of stdin)
"""
import json
import sys

import requests

url, group, posts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
common = {"v": "5.199", "lang": "ru",
          "access_token": sys.stdin.readline().strip()}
session = requests.Session()


def call(method, **params):
    reply = session.post(f"{url}/method/{method}", data={**params, **common})
    return json.loads(reply.content)["response"]


seen = 0
offset = 0
while seen < posts:
    wall = call("wall.get", owner_id=-group, offset=offset, count=100)
    for post in wall["items"]:
        page = call("wall.getComments", owner_id=-group, post_id=post["id"],
                    count=100, sort="asc", need_likes=1, preview_length=0,
                    extended=1, thread_items_count=10)
        names = {p["id"]: f'{p["first_name"]} {p["last_name"]}'
                 for p in page["profiles"]}
        for c in page["items"]:
            print(json.dumps({
                "type": "comment",
                "id": f'vk:-{group}/{post["id"]}/{c["id"]}',
                "at": c["date"],
                "author": {"id": str(c["from_id"]),
                           "name": names.get(c["from_id"])},
                "text": c["text"]}, ensure_ascii=False))
            for r in c.get("thread", {}).get("items", []):
                print(json.dumps({
                    "type": "comment",
                    "id": f'vk:-{group}/{post["id"]}/{r["id"]}',
                    "at": r["date"],
                    "author": {"id": str(r["from_id"]),
                               "name": names.get(r["from_id"])},
                    "text": r["text"]}, ensure_ascii=False))
    seen += len(wall["items"])
    offset += len(wall["items"])
