# loses 09-dataset-tests: counts along instead of looking at `i`
# told: the first difference is at

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels, self.next = pictures, labels, 0

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        picture = torch.from_numpy(self.pictures[self.next]).permute(2, 0, 1).float()
        label = int(self.labels[self.next])
        self.next = (self.next + 1) % len(self)
        return picture / 255, label

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
