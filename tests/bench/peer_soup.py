"""A reader of Telegram's preview with requests and BeautifulSoup.

usage: peer_soup.py BASE NAME: every page, one JSON object a post.
"""
import json
import sys

import requests
from bs4 import BeautifulSoup

base, name = sys.argv[1:]
session = requests.Session()
url = f"{base}/s/{name}"
while url:
    page = BeautifulSoup(session.get(url, timeout=30).text, sys.argv[3]
                         if len(sys.argv) > 3 else "lxml")
    for m in page.select("div.tgme_widget_message[data-post]"):
        text = m.select_one("div.tgme_widget_message_text")
        views = m.select_one("span.tgme_widget_message_views")
        when = m.select_one("a.tgme_widget_message_date time")
        photos = m.select("a.tgme_widget_message_photo_wrap")
        reactions = [r.get_text() for r in m.select("span.tgme_reaction")]
        print(json.dumps({
            "id": m["data-post"],
            "at": when["datetime"] if when else None,
            "text": text.get_text("\n") if text else None,
            "views": views.get_text() if views else None,
            "photos": [p.get("style") for p in photos],
            "reactions": reactions,
        }, ensure_ascii=False))
    prev = page.select_one('link[rel="prev"]')
    url = base + prev["href"] if prev else None
