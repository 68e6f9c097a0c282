"""Makes N appeals for measuring gp-dedup: usage dedup_texts.py N. A tenth are
copies with small changes; words are drawn with the frequencies of speech."""
import random
import sys

ROOTS = """дорог вод свет дом двор школ мусор автобус снег ям фонар врач
больниц улиц остановк подъезд лифт газ труб площадк дерев мост собак лестниц
тротуар ремонт крыш подвал счетчик квитанци управляющ компани район посел
пенсион ребенок машин водител расписани рейс контейнер свалк лед сосульк
колодец люк асфальт парк сквер лавочк качел забор стройк кафе магазин шум ноч
утр вечер недел месяц адрес жител сосед депутат глав ответ письм заявлени
провер дат срок план бюджет закупк подрядчик бригад техник песок соль""".split()
ENDS = ["", "а", "у", "е", "ы", "ой", "ам", "ами", "ов", "ный", "ить", "ли"]
rng = random.Random(5)
syll = ["ка", "ро", "ве", "ли", "но", "ша", "ти", "му", "зе", "до", "га", "фо"]
rare = ["".join(rng.choice(syll) for _ in range(rng.randint(2, 4)))
        for _ in range(20000)]
words = [r + e for r in ROOTS for e in ENDS]
old = []
out = sys.stdout
for i in range(int(sys.argv[1])):
    if old and rng.random() < 0.1:
        text = list(rng.choice(old))
        text[rng.randrange(len(text))] += "а"
    else:
        text = [words[int(len(words) * rng.random() ** 2)]
                if rng.random() < 0.8 else rng.choice(rare)
                for _ in range(rng.randint(8, 40))]
        if len(old) < 50000:
            old.append(text)
    out.write('{"type":"comment","id":"vk:-%d/7/%d","network":"vk","page":'
              '"vk:-%d","at":"2026-10-%02dT%02d:00:00Z","author":{"id":"vk:%d"'
              '},"text":"%s"}\n' % (i % 20, i, i % 20, 1 + i % 28, i % 24,
                                    i % 90000, " ".join(text)))
