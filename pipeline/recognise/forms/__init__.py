"""Numbers and days that a pen filled into the form of a paper: `Số: 51 /QĐ-UBND`, `ngày 17 tháng 01 năm 2025`.

fields.py finds the place between its printed neighbours, digits.py reads what stands there with a small network of our
own (training/digits.py). Which reading is right is decided with all others, by the document (pipeline/recognise/decide.py).
"""
